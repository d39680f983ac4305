//! Of what kind the characters of a query are, and the pair with which a term begins.

use std::borrow::Cow;

use crate::runs;

pub const PAIRED: usize = 2;

/// What characters next to each other are: Han of the dictionary's range, other Han, what is not Han, or a border.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Han,
    RareHan,
    Other,
    Space,
    Border,
}

pub fn kind_of(char: char) -> Option<Kind> {
    match char {
        '\u{4e00}'..='\u{9fd5}' => Some(Kind::Han),
        '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{9fd6}'..='\u{9fff}' => Some(Kind::RareHan),
        '\n' => Some(Kind::Border),
        ' ' => Some(Kind::Space),
        '!'..='~' => Some(Kind::Other),
        _ => None,
    }
}

/// Yield where characters of one kind begin and end.
pub fn stretches(kinds: &[Kind]) -> impl Iterator<Item = (usize, usize, Kind)> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let kind = *kinds.get(start)?;
        let end = start + kinds[start..].iter().take_while(|other| **other == kind).count();
        let found = (start, end, kind);
        start = end;
        Some(found)
    })
}

pub fn ascii(chars: &[char]) -> Vec<u8> {
    chars.iter().map(|char| *char as u8).collect()
}

/// Write a pair; two numbers, or two words of letters, keep a space so that they are not read as one.
pub fn joined(first: &[char], second: &[char]) -> Vec<char> {
    let is_other = |char: Option<&char>| char.is_some_and(char::is_ascii);
    let is_digit = |char: Option<&char>| char.is_some_and(char::is_ascii_digit);
    let alike = is_other(first.first()) && is_other(second.first()) && is_digit(first.last()) == is_digit(second.first());
    let mut pair = first.to_vec();
    if alike {
        pair.push(' ');
    }
    pair.extend(second);
    pair
}

/// Return the pair with which a term begins: of `abc` that is not `ab`.
pub fn first_pair(term: &[char]) -> Cow<'_, [char]> {
    if term.iter().take(PAIRED).all(|char| !char.is_ascii()) {
        return Cow::Borrowed(&term[..term.len().min(PAIRED)]);
    }
    let Some(kinds) = term.iter().map(|char| kind_of(*char)).collect::<Option<Vec<Kind>>>() else {
        return Cow::Borrowed(&[]);
    };
    let mut units: Vec<Vec<char>> = Vec::new();
    let mut room = Vec::new();
    for (start, end, kind) in stretches(&kinds) {
        match kind {
            Kind::Han | Kind::RareHan => units.extend(term[start..end].iter().map(|char| vec![*char])),
            Kind::Other => {
                let mut is_over = false;
                runs::units(&ascii(&term[start..end]), &mut room, |unit| match unit {
                    Some(unit) if !is_over => units.push(unit.iter().map(|byte| char::from(*byte)).collect()),
                    _ => is_over |= !units.is_empty(),
                });
                if is_over {
                    break;
                }
            }
            Kind::Space | Kind::Border => {}
        }
    }
    Cow::Owned(match units.as_slice() {
        [] => Vec::new(),
        [one] => one.clone(),
        [first, second, ..] => joined(first, second),
    })
}
