//! A batch of articles while it is counted, and when it is.

use std::collections::HashMap;

use crate::counting_tables::CountingTables;
use crate::cutting::{Route, Word};
use crate::data::Read;
use crate::folding::{Folded, COMMON_HAN, CONNECTOR, OTHER, RARE_HAN, SPACE};
use crate::names::{Names, Numbered, Quick, NUMBER_BITS};
use crate::runs::{self, MAX_TERM_CHARS};
use crate::tally::{sorted, Lists, Rows, Tally};

/// Codes from here on stand for units that are no single Han character, by their number.
pub const FIRST_UNIT: u32 = 1 << 21;
const FIRST_CODE: u32 = 0x2E80;
const CODE_BITS: u32 = 18;
const NOT_MET: u32 = u32::MAX;
/// A batch has about one pair that is new to it in so many bytes: there is room for them from the start.
const BYTES_A_PAIR: usize = 8;
const KANA: std::ops::RangeInclusive<u32> = 0x3040..=0x30FF;

/// A unit next to a cut: its code if it is Han, else 0; text; whether its first and last characters are digits.
pub type Edge = (u32, String, bool, bool);

/// Return the code of a Han character, or 0 for none, in `CODE_BITS`.
fn short(code: u32) -> u64 {
    u64::from(if code > 0 { code - FIRST_CODE + 1 } else { 0 })
}

/// A unit that is no single Han character: whether its first and last characters are digits, and its fields.
#[derive(Clone, Copy, Default)]
pub struct Unit {
    pub begins_with_digit: bool,
    pub ends_with_digit: bool,
    pub fields: u64,
}

/// Words or grams of a batch: what each term is, in the order of the lists.
pub struct CountedTerms<T> {
    pub terms: Vec<T>,
    pub rows: Rows,
    pub lists: Lists,
}

pub struct Counted {
    pub words: CountedTerms<WordCode>,
    /// Units and pairs of Han alone, in the order of their codes: packed as `term_dict.py` packs them.
    pub han: Vec<u64>,
    /// After those of `han`: other units, the second code 0, and pairs.
    pub grams: CountedTerms<(u32, u32)>,
    pub strings: Names,
    pub units: Names,
    pub about_units: Vec<Unit>,
}

/// A word: of the dictionary, a character, or one of the batch's strings.
#[derive(Clone, Copy)]
pub enum WordCode {
    Of(Word),
    String(u32),
}

/// A batch while it is counted.
pub struct Counting<'a> {
    tables: &'a CountingTables,
    route: Route,
    room: Vec<u8>,
    codes: Vec<u32>,
    words: Tally,
    word_codes: Vec<WordCode>,
    of_node: Vec<u32>,
    of_char: HashMap<u32, u32, Quick>,
    strings: Names,
    of_string: Vec<u32>,
    grams: Tally,
    gram_codes: Vec<(u32, u32)>,
    /// For each gram, if it is a pair of Han, the node of the words that begin with it, else 0.
    gram_nodes: Vec<u32>,
    /// Of the pairs of the run that is cut.
    nodes: Vec<u32>,
    of_han: Vec<u32>,
    of_han_pair: Numbered,
    of_pair: HashMap<u64, u32, Quick>,
    units: Names,
    about_units: Vec<Unit>,
    before: u32,
    /// For each field, how many words each document has.
    pub lengths: Vec<Vec<u32>>,
    length: u32,
    first: usize,
}

impl<'a> Counting<'a> {
    /// Begin a batch of `size` documents, whose texts have so many bytes together.
    pub fn of(tables: &'a CountingTables, fields: usize, first: usize, size: usize, bytes: usize) -> Counting<'a> {
        let pairs = bytes / BYTES_A_PAIR;
        Counting {
            tables,
            route: Route::default(),
            room: Vec::new(),
            codes: Vec::new(),
            words: Tally::of(fields, pairs / 4),
            word_codes: Vec::with_capacity(pairs / 4),
            of_node: vec![NOT_MET; tables.cutter.nodes()],
            of_char: HashMap::default(),
            strings: Names::default(),
            of_string: Vec::new(),
            grams: Tally::of(fields, pairs),
            gram_codes: Vec::with_capacity(pairs),
            gram_nodes: Vec::with_capacity(pairs),
            nodes: Vec::new(),
            of_han: vec![NOT_MET; 1 << CODE_BITS],
            of_han_pair: Numbered::of(pairs),
            of_pair: HashMap::default(),
            units: Names::default(),
            about_units: Vec::new(),
            before: 0,
            lengths: vec![vec![0; size]; fields],
            length: 0,
            first,
        }
    }

    fn word(&mut self, code: WordCode) {
        let (words, codes) = (&mut self.words, &mut self.word_codes);
        let mut new = || {
            codes.push(code);
            words.new_term()
        };
        let term = match code {
            WordCode::Of(Word::Node(node)) => {
                let slot = &mut self.of_node[node as usize];
                if *slot == NOT_MET {
                    *slot = new();
                }
                *slot
            }
            WordCode::Of(Word::Char(char)) => *self.of_char.entry(char).or_insert_with(new),
            WordCode::String(string) => {
                if string as usize == self.of_string.len() {
                    self.of_string.push(new());
                }
                self.of_string[string as usize]
            }
        };
        self.words.count(term);
        self.length += 1;
    }

    fn string(&mut self, text: &[u8]) {
        let string = self.strings.number(text);
        self.word(WordCode::String(string));
    }

    fn border(&mut self) {
        self.before = 0;
    }

    /// Count a unit, and its pair with the unit before it: a character of Han, or a number from `FIRST_UNIT` on.
    fn unit(&mut self, code: u32) {
        self.gram(code, 0);
        if self.before > 0 {
            self.gram(self.before, code);
        }
        self.before = code;
    }

    /// Count a unit or a pair, and return its number.
    fn gram(&mut self, first: u32, second: u32) -> u32 {
        let (grams, codes) = (&mut self.grams, &mut self.gram_codes);
        let (nodes, cutter) = (&mut self.gram_nodes, &self.tables.cutter);
        let mut new = || {
            codes.push((first, second));
            nodes.push(if first < FIRST_UNIT && second < FIRST_UNIT { cutter.node_of_pair(first, second) } else { 0 });
            grams.new_term()
        };
        let term = if second == 0 && first < FIRST_UNIT {
            let slot = &mut self.of_han[(first - FIRST_CODE) as usize];
            if *slot == NOT_MET {
                *slot = new();
            }
            *slot
        } else if first < FIRST_UNIT && second < FIRST_UNIT {
            self.of_han_pair.number(short(first) << CODE_BITS | short(second), new)
        } else {
            *self.of_pair.entry(u64::from(first) << 32 | u64::from(second)).or_insert_with(new)
        };
        self.grams.count(term);
        term
    }

    /// Count a unit that is no single Han character.
    fn other_unit(&mut self, text: &[u8], begins_with_digit: bool, ends_with_digit: bool, field: usize) {
        let number = self.unit_number(text, begins_with_digit, ends_with_digit, field);
        self.unit(FIRST_UNIT + number);
    }

    fn unit_number(&mut self, text: &[u8], begins_with_digit: bool, ends_with_digit: bool, field: usize) -> u32 {
        let number = self.units.number(text);
        if number as usize == self.about_units.len() {
            self.about_units.push(Unit { begins_with_digit, ends_with_digit, fields: 0 });
        }
        self.about_units[number as usize].fields |= 1 << field.min(63);
        number
    }

    pub fn text(&mut self, text: &[Folded], field: usize) -> Read<()> {
        let mut place = 0;
        self.border();
        while place < text.len() {
            let kind = text[place].kind();
            let is_same = |one: &Folded| match kind {
                CONNECTOR | OTHER => matches!(one.kind(), CONNECTOR | OTHER),
                _ => one.kind() == kind,
            };
            let end = place + text[place..].iter().take_while(|one| is_same(one)).count();
            let run = &text[place..end];
            match kind {
                COMMON_HAN => self.common_han(run),
                RARE_HAN => self.rare_han(run),
                CONNECTOR | OTHER if run.iter().any(|one| one.kind() == OTHER) => self.other(run, field)?,
                SPACE => {}
                _ => self.border(),
            }
            place = end;
        }
        Ok(())
    }

    fn common_han(&mut self, run: &[Folded]) {
        let mut codes = std::mem::take(&mut self.codes);
        codes.clear();
        codes.extend(run.iter().map(|one| one.code()));
        let mut nodes = std::mem::take(&mut self.nodes);
        nodes.clear();
        if let Some((first, rest)) = codes.split_first() {
            self.unit(*first);
            for code in rest {
                self.gram(*code, 0);
                let pair = self.gram(self.before, *code);
                nodes.push(self.gram_nodes[pair as usize]);
                self.before = *code;
            }
        }
        let mut route = std::mem::take(&mut self.route);
        let tables = self.tables;
        tables.cutter.cut(&codes, &nodes, &mut route, |word| self.word(WordCode::Of(word)));
        (self.route, self.nodes, self.codes) = (route, nodes, codes);
    }

    /// Take kana, of which those in a row are a word, and Han that the dictionary does not know, a word each.
    fn rare_han(&mut self, run: &[Folded]) {
        let mut kana = String::new();
        for one in run {
            self.unit(one.code());
            if KANA.contains(&one.code()) {
                kana.extend(char::from_u32(one.code()));
                continue;
            }
            if !kana.is_empty() {
                self.string(std::mem::take(&mut kana).as_bytes());
            }
            self.word(WordCode::Of(Word::Char(one.code())));
        }
        if !kana.is_empty() {
            self.string(kana.as_bytes());
        }
    }

    fn other(&mut self, run: &[Folded], field: usize) -> Read<()> {
        let text: String = run.iter().filter_map(|one| char::from_u32(one.code())).collect();
        if text.is_ascii() {
            runs::words(text.as_bytes(), |word| self.string(word));
            let mut room = std::mem::take(&mut self.room);
            runs::units(text.as_bytes(), &mut room, |unit| match unit {
                None => self.border(),
                Some(unit) => {
                    let kept = &unit[..unit.len().min(MAX_TERM_CHARS)];
                    let is_digit = |one: Option<&u8>| one.is_some_and(u8::is_ascii_digit);
                    self.other_unit(kept, is_digit(kept.first()), is_digit(kept.last()), field);
                }
            });
            self.room = room;
            return Ok(());
        }
        let known = self.tables.run_of(&text)?;
        for word in &known.words {
            self.string(word.as_bytes());
        }
        for (unit, begins_with_digit, ends_with_digit) in &known.units {
            if unit.is_empty() {
                self.border();
            } else {
                self.other_unit(unit.as_bytes(), *begins_with_digit, *ends_with_digit, field);
            }
        }
        Ok(())
    }

    /// Return a text without spaces and marks.
    pub fn bare(&mut self, text: &[Folded]) -> Read<String> {
        let mut bare = String::new();
        let mut place = 0;
        while place < text.len() {
            let is_other = |one: &Folded| matches!(one.kind(), CONNECTOR | OTHER);
            if !is_other(&text[place]) {
                if text[place].kind() >= RARE_HAN {
                    bare.extend(char::from_u32(text[place].code()));
                }
                place += 1;
                continue;
            }
            let end = place + text[place..].iter().take_while(|one| is_other(one)).count();
            let run: String = text[place..end].iter().filter_map(|one| char::from_u32(one.code())).collect();
            if run.is_ascii() {
                runs::units(run.as_bytes(), &mut self.room, |unit| {
                    bare.push_str(&String::from_utf8_lossy(unit.unwrap_or_default()));
                });
            } else {
                bare.push_str(&self.tables.run_of(&run)?.bare);
            }
            place = end;
        }
        Ok(bare)
    }

    /// Count the pair of units between which a text was cut.
    pub fn bridge(&mut self, first: &Edge, second: &Edge, field: usize) {
        let codes = [first, second].map(|(han, text, begins_with_digit, ends_with_digit)| {
            if *han > 0 {
                return *han;
            }
            FIRST_UNIT + self.unit_number(text.as_bytes(), *begins_with_digit, *ends_with_digit, field)
        });
        self.gram(codes[0], codes[1]);
    }

    pub fn end_field(&mut self, field: usize, doc: u16) {
        self.words.end_field(field);
        self.grams.end_field(field);
        self.lengths[field][usize::from(doc) - self.first] = std::mem::take(&mut self.length);
    }

    pub fn end_doc(&mut self, doc: u16) {
        self.words.end_doc(doc);
        self.grams.end_doc(doc);
    }

    pub fn finish(self) -> Counted {
        let order: Vec<u32> = (0..self.word_codes.len() as u32).collect();
        let (rows, lists) = self.words.lists(&order);
        let words = CountedTerms { terms: self.word_codes, rows, lists };
        let is_han = |code: u32| code < FIRST_UNIT;
        let mut keys = Vec::with_capacity(self.gram_codes.len());
        let mut others = Vec::new();
        for (number, (first, second)) in self.gram_codes.iter().enumerate() {
            if is_han(*first) && is_han(*second) {
                keys.push(short(*first) << (CODE_BITS + NUMBER_BITS) | short(*second) << NUMBER_BITS | number as u64);
            } else {
                others.push(number as u32);
            }
        }
        let term_of = |key: &u64| *key as u32 & ((1 << NUMBER_BITS) - 1);
        let mut order: Vec<u32> = sorted(keys, NUMBER_BITS, 2 * CODE_BITS).iter().map(term_of).collect();
        let pack = |term: &u32| {
            let (first, second) = self.gram_codes[*term as usize];
            u64::from(first) << 42 | u64::from(second) << 21
        };
        let han = order.iter().map(pack).collect();
        order.extend(&others);
        let (rows, lists) = self.grams.lists(&order);
        let terms = others.iter().map(|term| self.gram_codes[*term as usize]).collect();
        Counted {
            words,
            han,
            grams: CountedTerms { terms, rows, lists },
            strings: self.strings,
            units: self.units,
            about_units: self.about_units,
        }
    }
}
