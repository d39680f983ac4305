//! Which lines are surely text or a head: no rule of `pages` finds anything else in them.
//!
//! Which characters and words the rules look for is told by `pages/unlooked.py`. An answer only spares Python a
//! look: where one here is not sure, Python looks.

use std::collections::HashMap;

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use crate::page_lines::{is_han, is_space};

/// What a line is; the rules must be asked of one to `LOOK` at.
const LOOK: u8 = 0;
const SENTENCE: u8 = 1;
const LONG: u8 = 2;
const HEAD: u8 = 3;
/// Nothing but a head, or else text.
const ASK: u8 = 4;

const FULL_STOP: char = '。';
const COMMA: char = '，';
const LINE_WRAP: char = '\x0b';

/// What a character is: a bit for each set of them, by the name that `pages/unlooked.py` gives it.
type Marks = u64;

macro_rules! marks {
    ($($name:ident $bit:literal $called:literal)*) => {
        $(const $name: Marks = 1 << $bit;)*
        const CALLED: &[(&str, Marks)] = &[$(($called, $name)),*];
    };
}

marks! {
    QUOTE 0 "quotes"
    BOX 1 "boxes"
    TEXT_END 2 "text_ends"
    TEXT_STOP 3 "text_stops"
    DAY_END 4 "day_ends"
    BEFORE_WIRE 5 "before_wire"
    BEFORE_REPORT 6 "before_report"
    NOTE_END 7 "note_ends"
    NOTED 8 "noted"
    HEAD_END 9 "head_ends"
    HEAD_STOP 10 "head_stops"
    HEAD_MARK 11 "head_marks"
    OPENED 12 "opened"
    CLOSED 13 "closed"
    EDITOR 14 "editors"
    CONTROL 15 "controls"
    CONTROL_END 16 "control_ends"
    REPORT 17 "reports"
    NUMBERED 18 "numbered"
    SURNAME 19 "surnames"
    SIGNING 20 "signing"
    POST_BEHIND 21 "posts_behind"
    HEAD_BREAK 22 "head_breaks"
    HEAD_BEGIN 23 "head_begins"
    HEAD_BOX 24 "head_boxes"
    GAP 25 "gaps"
    EDITS 26 "edits"
    BEFORE_NEWS 27 "before_news"
}

/// Words that are looked for: their place here, and the bit of the characters with which they begin.
#[derive(Clone, Copy)]
struct Words(usize, Marks);

const OPENINGS: Words = Words(0, 1 << 32);
const POSTS: Words = Words(1, 1 << 33);
const TEXT_BEGINS: Words = Words(2, 1 << 34);
const TEXT_SIGNS: Words = Words(3, 1 << 35);
const BREAKS: Words = Words(4, 1 << 36);
const HEAD_WORDS: Words = Words(5, 1 << 37);
const SOURCES: Words = Words(6, 1 << 38);
const WORDS: [(&str, Words); 7] = [
    ("openings", OPENINGS),
    ("posts", POSTS),
    ("text_begins", TEXT_BEGINS),
    ("text_signs", TEXT_SIGNS),
    ("head_breaks", BREAKS),
    ("head_words", HEAD_WORDS),
    ("sources", SOURCES),
];

/// Characters of a line, or of what is looked for in it, as the rules count them.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Sizes {
    head: usize,
    wrapped_head: usize,
    byline: usize,
    caption: usize,
    credit: usize,
    post: usize,
    column_text: usize,
    page_name: usize,
    names: usize,
    run: usize,
    given_name: usize,
    control: usize,
}

/// The marks of the characters of the basic plane: few kinds of characters, whose numbers are small enough to stay at
/// hand.
struct Table {
    numbers: Vec<u8>,
    kinds: Vec<Marks>,
}

impl Table {
    fn of(marks: &[Marks]) -> PyResult<Self> {
        let mut kinds = marks.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        let number = |marks| kinds.partition_point(|&known| known < marks);
        let numbers = marks.iter().map(|&marks| u8::try_from(number(marks))).collect::<Result<_, _>>()?;
        Ok(Self { numbers, kinds })
    }

    fn of_char(&self, char: char) -> Marks {
        self.numbers.get(char as usize).map_or(0, |&number| self.kinds[usize::from(number)])
    }
}

#[pyclass(frozen)]
pub struct LineReader {
    marks: Table,
    words: Vec<Vec<Vec<char>>>,
    sizes: Sizes,
}

#[pymethods]
impl LineReader {
    #[new]
    fn new(chars: HashMap<String, String>, words: HashMap<String, Vec<String>>, sizes: Sizes) -> PyResult<Self> {
        let mut marks = vec![0; 1 << u16::BITS];
        let mut mark = |char: char, bit: Marks| {
            if let Some(known) = marks.get_mut(char as usize) {
                *known |= bit;
            }
        };
        for &(name, bit) in CALLED {
            let chars = chars.get(name).ok_or_else(|| PyKeyError::new_err(name))?;
            chars.chars().for_each(|char| mark(char, bit));
        }
        let mut all = Vec::new();
        for (name, Words(_, bit)) in WORDS {
            let words = words.get(name).ok_or_else(|| PyKeyError::new_err(name))?;
            let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
            words.iter().filter_map(|word| word.first()).for_each(|&char| mark(char, bit));
            all.push(words);
        }
        Ok(Self { marks: Table::of(&marks)?, words: all, sizes })
    }

    /// Return what each text surely is, 0 where it is not sure.
    fn read(&self, texts: Vec<PyBackedStr>) -> Vec<u8> {
        let mut room = Vec::new();
        let mut kind = |text: &PyBackedStr| {
            room.clear();
            room.extend(text.chars());
            self.kind(&room)
        };
        texts.iter().map(&mut kind).collect()
    }
}

impl LineReader {
    fn marks(&self, char: char) -> Marks {
        self.marks.of_char(char)
    }

    fn is(&self, char: char, marks: Marks) -> bool {
        self.marks(char) & marks != 0
    }

    /// Return whether a text begins with one of some words, white space in it or not.
    fn begins(&self, text: &[char], words: Words) -> bool {
        text.first().is_some_and(|&first| self.is(first, words.1))
            && self.words[words.0].iter().any(|word| {
                let mut rest = text.iter().filter(|&&char| !is_space(char));
                word.iter().all(|char| rest.next() == Some(char))
            })
    }

    fn has(&self, text: &[char], words: Words) -> bool {
        (0..text.len()).any(|place| self.begins(&text[place..], words))
    }

    fn kind(&self, text: &[char]) -> u8 {
        let (Some(&first), Some(&last)) = (text.first(), text.last()) else { return LOOK };
        let is_wrapped = text.len() > self.sizes.wrapped_head && text.contains(&LINE_WRAP);
        let is_long = text.len() > self.sizes.head || is_wrapped;
        if !text.contains(&FULL_STOP) {
            return if is_long { LOOK } else { self.head_kind(text, first, last) };
        }
        let begins = self.begins_prose(text, first) || first.is_ascii_digit();
        let is_text = begins && !self.is(first, BOX) && self.is_text(text, first, last);
        match (is_text, is_long) {
            (false, _) => LOOK,
            (true, false) => SENTENCE,
            (true, true) => LONG,
        }
    }

    fn begins_prose(&self, text: &[char], first: char) -> bool {
        is_han(first) || (self.is(first, QUOTE) && text.get(1).is_some_and(|&char| is_han(char)))
    }

    /// Return whether a line with a full stop is nothing but text.
    fn is_text(&self, text: &[char], first: char, last: char) -> bool {
        (is_han(last) || self.is(last, TEXT_END))
            && !self.is(last, NOTE_END | DAY_END)
            && !self.begins(text, TEXT_BEGINS)
            && !(text.contains(&':') && text.windows(3).any(|part| part == [':', '/', '/']))
            && !self.may_open(text, first)
            && !self.may_note(text)
            && !self.may_sign(text)
    }

    /// Return whether who reports, or a dateline, may be before a text.
    fn may_open(&self, text: &[char], first: char) -> bool {
        let size = text.len().min(self.sizes.byline);
        let has_opening = (0..size).any(|place| self.begins(&text[place..], OPENINGS));
        if !has_opening || self.is(first, QUOTE) {
            return has_opening;
        }
        let (mut shown, mut is_behind_space) = (0, false);
        let (mut may_be_told, mut before) = (true, 0);
        for (place, &char) in text[..size].iter().enumerate() {
            if is_space(char) {
                is_behind_space = true;
                continue;
            }
            shown += 1;
            let is_own = char == '本' && is_behind_space;
            if is_own || (shown <= self.sizes.post && self.begins(&text[place..], POSTS)) {
                return true;
            }
            is_behind_space = false;
            may_be_told &= !self.is(char, TEXT_STOP);
            before |= self.marks(char);
            let is_told = match char {
                '讯' => true,
                '电' => before & BEFORE_WIRE != 0,
                '道' => before & BEFORE_REPORT != 0,
                '息' => before & BEFORE_NEWS != 0,
                _ => false,
            };
            if may_be_told && is_told {
                return true;
            }
        }
        false
    }

    /// Return whether a text may end with what is said of its picture.
    fn may_note(&self, text: &[char]) -> bool {
        if text.len() > self.sizes.caption {
            return false;
        }
        let last = text.iter().rev().find(|&&char| char != FULL_STOP);
        let tail = &text[text.len().saturating_sub(self.sizes.credit)..];
        let is_label = |pair: &[char]| self.is(pair[0], NOTED) && (is_space(pair[1]) || ":：/／".contains(pair[1]));
        last.is_some_and(|&char| self.is(char, NOTE_END)) || tail.windows(2).any(is_label)
    }

    /// Return whether who signs may be behind the last sentence of a text.
    fn may_sign(&self, text: &[char]) -> bool {
        let is_end = |&char: &char| "。！？!?，,()（）".contains(char);
        let begin = text.iter().rposition(is_end).map_or(0, |place| place + 1);
        self.has(&text[begin..], TEXT_SIGNS)
    }

    /// Return what a line without a full stop surely is.
    fn head_kind(&self, text: &[char], first: char, last: char) -> u8 {
        let is_boxed = self.is(first, HEAD_BOX);
        let begins = self.begins_prose(text, first);
        let inner = &text[usize::from(!begins)..];
        let is_broken = self.is(last, HEAD_BREAK) || self.begins(inner, BREAKS) || (first == '—' && last == first);
        if is_broken || self.is(first, BOX) || !(begins || is_boxed || self.is(first, HEAD_BEGIN)) {
            return LOOK;
        }
        let (mut all, mut behind_gap) = (self.marks(first), 0);
        let (mut has_digit, mut has_year, mut balance) = (first.is_ascii_digit(), false, 0);
        let (mut run, mut longest) = (0, 0);
        let (mut first_gap, mut last_gap, mut last_space) = (None, None, None);
        for (place, &char) in inner.iter().enumerate() {
            let marks = self.marks(char);
            run = if matches!(char, '一'..='\u{9fff}') { run + 1 } else { 0 };
            longest = longest.max(run);
            if char == ' ' || char == LINE_WRAP {
                last_space = Some(place);
            } else if char.is_ascii_digit() {
                has_digit = true;
            } else if !(is_han(char) || marks & HEAD_MARK != 0) {
                return LOOK;
            }
            let is_month = has_year && char == '月';
            let is_stray = char == '】' && first != '【';
            if marks & HEAD_STOP != 0 || is_month || is_stray || self.begins(&inner[place..], HEAD_WORDS) {
                return LOOK;
            }
            if is_space(char) || marks & GAP != 0 {
                first_gap = first_gap.or(Some(place));
                last_gap = Some(place);
            }
            has_year |= char == '年';
            balance += i32::from(marks & OPENED != 0) - i32::from(marks & CLOSED != 0);
            all |= marks;
            if first_gap.is_some() {
                behind_gap |= marks;
            }
        }
        let may_be_byline = longest < self.sizes.run || all & SIGNING != 0 || behind_gap & POST_BEHIND != 0;
        if longest == 0 || (is_boxed && (may_be_byline || inner.contains(&'《'))) {
            return LOOK;
        }
        // Where it begins otherwise than prose, it must have nothing that furniture has.
        let has_space = last_space.is_some();
        let is_short = text.len() <= self.sizes.page_name;
        let may_be_dated = has_digit && (self.is(last, DAY_END) || is_short);
        if may_be_dated || ((has_digit || !begins) && (all & NUMBERED != 0 || (has_space && all & EDITS != 0))) {
            return LOOK;
        }
        let token = |begin: usize, end: usize| {
            has_digit || end - begin <= self.sizes.control || self.is(inner[end - 1], CONTROL_END)
        };
        let is_row = self.is(first, CONTROL) && token(0, first_gap.unwrap_or(inner.len()));
        if is_row && (begins || token(last_gap.map_or(0, |place| place + 1), inner.len())) {
            return LOOK;
        }
        if has_space && self.is(first, EDITOR) {
            return LOOK;
        }
        let is_name = self.is(first, SURNAME) && may_be_byline;
        let is_writer = last_space.is_some_and(|place| inner.len() - place - 1 <= self.sizes.given_name);
        let may_sign = text.len() <= self.sizes.names && (is_name || is_writer);
        let may_be_prose = (has_space && text.len() >= self.sizes.column_text)
            || (text.contains(&COMMA) && self.is(first, REPORT))
            || self.has(text, SOURCES);
        let may_end = is_han(last) || self.is(last, HEAD_END);
        if begins && may_end && balance == 0 && !may_sign && !may_be_prose { HEAD } else { ASK }
    }
}
