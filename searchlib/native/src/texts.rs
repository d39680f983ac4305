//! Where is a phrase of Han in a text as it was given, and is a headline the query?

use crate::tables::{Tables, END, TRANSPARENT};

/// What a text says of a question; of some only Python knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    Yes,
    No,
    Unknown,
}

/// Return whether a phrase, simplified, is in a text: between its characters only what folding drops.
pub fn stands_in(phrase: &[u32], text: &[u32], tables: &Tables) -> Answer {
    let Some(first) = phrase.first() else { return Answer::Unknown };
    for start in 0..text.len() {
        if tables.folded(text[start]) == *first && end_of(phrase, text, start, tables).is_some() {
            return Answer::Yes;
        }
    }
    if may_be_hidden(phrase, text, tables) { Answer::Unknown } else { Answer::No }
}

/// Return where a phrase ends that begins at a place with its first character; None when it does not go on.
pub fn end_of(phrase: &[u32], text: &[u32], start: usize, tables: &Tables) -> Option<usize> {
    let mut rest = phrase.get(1..)?;
    let mut place = start + 1;
    while let Some((wanted, after)) = rest.split_first() {
        let code = *text.get(place)?;
        if tables.folded(code) == *wanted {
            rest = after;
        } else if tables.class(code) != TRANSPARENT {
            return None;
        }
        place += 1;
    }
    Some(place)
}

/// Return whether a phrase that was not found may be where a character folds to several.
///
/// That character makes Han itself, or it is dropped between two characters of the phrase.
fn may_be_hidden(phrase: &[u32], text: &[u32], tables: &Tables) -> bool {
    let is_passed = |code: u32| tables.class(code) == TRANSPARENT || tables.is_several(code);
    let is_ours = |code: Option<&u32>| code.is_some_and(|code| phrase.contains(&tables.folded(*code)));
    text.iter().enumerate().any(|(place, code)| {
        tables.is_several(*code)
            && (makes_han(*code)
                || (is_ours(text[..place].iter().rev().find(|code| !is_passed(**code)))
                    && is_ours(text[place + 1..].iter().find(|code| !is_passed(**code)))))
    })
}

/// Return whether a character that folds to several may fold to Han: ㈱, ㍿, ㊗, 🈚.
fn makes_han(code: u32) -> bool {
    (0x3190..=0x33FF).contains(&code) || code >= 0x1F100
}

/// Return whether a headline is a title, which is folded and without spaces and marks.
///
/// Only headlines with the checksum of the title are asked about: one that does not read like it has characters
/// that fold as their neighbours tell.
pub fn is_title(title: &[u32], headline: &[u32], tables: &Tables) -> Answer {
    let mut wanted = title.iter();
    let is_digit = |code: Option<&u32>| code.is_some_and(|code| (0x30..0x3A).contains(code));
    let is_passed = |code: u32| matches!(tables.class(code), TRANSPARENT | END) || code == 0x20 || tables.is_mark(code);
    let is_apart = |code: Option<&u32>| code.is_none_or(|code| (0x4E00..=0x9FFF).contains(code) || is_passed(*code));
    for (place, code) in headline.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| headline.get(before));
        if tables.is_mark(*code) && is_apart(before) && is_apart(headline.get(place + 1)) {
            continue; // beside figures and letters it may be a part of them
        }
        let class = tables.class(*code);
        if class == TRANSPARENT || class == END {
            continue;
        }
        let narrow = if (0xFF01..=0xFF5E).contains(code) { code - 0xFEE0 } else { *code };
        let known = match char::from_u32(narrow) {
            Some(char @ ('0'..='9' | 'A'..='Z' | 'a'..='z')) => u32::from(char.to_ascii_lowercase()),
            Some(' ') => continue,
            Some('\u{4e00}'..='\u{9fff}') => tables.folded(*code),
            Some('%' | '+' | '$') => narrow,
            Some('.' | ',') if is_digit(before) && is_digit(headline.get(place + 1)) => narrow,
            Some(sign) if sign.is_ascii_punctuation() || "—、【】〔〕".contains(sign) => continue,
            _ => return Answer::Unknown,
        };
        if wanted.next() != Some(&known) {
            return Answer::Unknown;
        }
    }
    if wanted.next().is_none() { Answer::Yes } else { Answer::Unknown }
}
