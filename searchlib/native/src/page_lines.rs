//! Which lines of a page need no rule: what `pages` asks of every line, answered for all of them at once.
//!
//! An answer only spares Python a look: where one here is not sure, Python looks.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

/// Characters that a title at least has, and by whose letters it is found.
const GRAM: usize = 4;
/// Letters of a number before a title at most: 第123条.
const NUMBER: usize = 5;
/// Lines one after another at least that are a list of contents.
const LISTED: usize = 3;
/// Bits of the small number that says of most letters that no line begins with them.
const SKETCH: u32 = 12;
/// Lines of a list at most.
const MOST_LINES: usize = 400;
const FULL_STOP: char = '。';
const BITS: usize = u64::BITS as usize;

/// Return whether a character is of those that Python takes for letters or digits; None for one that is not known here.
fn is_letter(char: char) -> Option<bool> {
    match char {
        '\0'..='\x7f' => Some(char.is_ascii_alphanumeric()),
        '一'..='\u{9fff}' | '㐀'..='䶿' | '々'..='〇' | '〡'..='〩' | '①'..='⑳' => Some(true),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '❶'..='➓' | 'Ⅰ'..='ⅿ' => Some(true),
        'Α'..='Ρ' | 'Σ'..='Ω' | 'α'..='ω' | 'А'..='я' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => Some(true),
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2190}'..='\u{22ff}' => Some(false),
        '\u{25a0}'..='\u{2775}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Some(false),
        '\u{ff01}'..='\u{ff65}' | '·' | '\u{a0}' | '×' | '°' | '©' | '®' | '℃' => Some(false),
        _ => None,
    }
}

/// Return whether a letter of `is_letter` may be one of a number before a title.
fn is_of_number(char: u16) -> bool {
    let char = char::from_u32(char.into()).unwrap_or_default();
    matches!(char, '0'..='9' | '０'..='９' | '〇'..='〩' | '①'..='⑳' | '❶'..='➓' | 'Ⅰ'..='ⅿ' | '第' | '条' | '篇')
}

fn gram(letters: &[u16]) -> Option<u64> {
    letters.first_chunk::<GRAM>().map(|chars| chars.iter().fold(0, |key, &char| key << 16 | u64::from(char)))
}

/// Return a small number for some letters, another one for nearly all others.
fn sketch(letters: u64) -> usize {
    (letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SKETCH)) as usize
}

/// The first letters that a line has as a title: as it is, and without a number in it.
fn firsts_of(letters: &[u16], mut add: impl FnMut(u64)) {
    gram(letters).into_iter().for_each(&mut add);
    for begin in 0..GRAM.min(letters.len()) {
        let numbers = letters[begin..].iter().take(NUMBER).take_while(|&&char| is_of_number(char)).count();
        for size in 1..=numbers {
            let rest = letters[begin + size..].iter().take(GRAM);
            let bare: Vec<u16> = letters[..begin].iter().chain(rest).copied().collect();
            gram(&bare).into_iter().for_each(&mut add);
        }
    }
}

/// Return whether a line may say all the letters of a title: one with a number counts without it too, a short one
/// runs over two lines.
fn says(own: &[u16], title: Option<&[u16]>) -> bool {
    title.is_some_and(|title| {
        title.len() < GRAM
            || title.iter().any(|&char| is_of_number(char))
            || own.windows(title.len()).any(|part| part == title)
    })
}

/// Return whether lines next to one another say the titles of later ones, as many as a list of contents has.
///
/// `most` are the characters of an entry at most.
#[pyfunction]
pub fn may_list(texts: Vec<PyBackedStr>, most: usize) -> bool {
    let mut letters: Vec<Option<Vec<u16>>> = Vec::with_capacity(texts.len());
    for text in &texts {
        if text.chars().count() > most || text.contains(FULL_STOP) {
            letters.push(None);
            continue;
        }
        let mut own = Vec::with_capacity(most);
        for char in text.chars() {
            match is_letter(char) {
                Some(true) => own.push(char as u16),
                Some(false) => {}
                None => return true,
            }
        }
        letters.push(Some(own));
    }
    let mut firsts: Vec<(u64, usize)> = Vec::new();
    for (place, own) in letters.iter().enumerate() {
        let Some(own) = own else { continue };
        firsts_of(own, |first| firsts.push((first, place)));
        if own.len() < GRAM {
            if let Some(Some(after)) = letters.get(place + 1) {
                gram(&[own.as_slice(), after].concat()).into_iter().for_each(|first| firsts.push((first, place)));
            }
        }
    }
    firsts.sort_unstable();
    let mut known = [false; 1 << SKETCH];
    firsts.iter().for_each(|&(first, _)| known[sketch(first)] = true);
    let comes_again = |first: u64, place: usize, own: &[u16]| {
        let later = &firsts[firsts.partition_point(|&known| known <= (first, place))..];
        later.iter().take_while(|&&(known, _)| known == first).any(|&(_, again)| says(own, letters[again].as_deref()))
    };
    let mut row = 0;
    for (place, own) in letters.iter().enumerate().take(MOST_LINES) {
        let Some(own) = own else {
            row = 0;
            continue;
        };
        let mut last = 0;
        let says_title = own.iter().enumerate().any(|(count, &char)| {
            last = last << u16::BITS | u64::from(char);
            count + 1 >= GRAM && known[sketch(last)] && comes_again(last, place, own)
        });
        row += usize::from(says_title);
        if row == LISTED {
            return true;
        }
    }
    false
}

/// Characters of the basic plane, a bit for each: few enough to stay at hand.
pub struct Chars(Vec<u64>);

impl Chars {
    pub fn of(chars: impl IntoIterator<Item = char>) -> Self {
        let mut bits = vec![0; (1 << u16::BITS) / BITS];
        for char in chars {
            if let Some(bits) = bits.get_mut(char as usize / BITS) {
                *bits |= 1 << (char as usize % BITS);
            }
        }
        Self(bits)
    }

    pub fn has(&self, char: char) -> bool {
        self.0.get(char as usize / BITS).is_some_and(|bits| bits >> (char as usize % BITS) & 1 == 1)
    }
}

/// As Python's `\s`.
pub fn is_space(char: char) -> bool {
    // What is beyond is most of a page: it is told without a table.
    char <= '\u{3000}' && (char.is_whitespace() || ('\x1c'..='\x1f').contains(&char))
}

pub fn is_han(char: char) -> bool {
    matches!(char, '一'..='\u{9fff}' | '㐀'..='䶿' | '〇' | '\u{20000}'..='\u{3fffd}')
}
