//! A text cut into sentences and clauses that fit a width: `highlight/fragments.py` and `graphemes.py` say how.
//!
//! Characters that are not in Chinese news are for Python: with one of these where a text is cut or
//! measured there is no answer here.

/// What Python must say.
pub struct Unknown;

pub type Known<T> = Result<T, Unknown>;

pub type Span = (usize, usize);

const CLOSING: [u32; 7] = ['”' as u32, '’' as u32, '」' as u32, '』' as u32, '）' as u32, ')' as u32, '"' as u32];
const JOINER: u32 = 0x200D;
const ZERO_WIDTH_SPACE: u32 = 0x200B;

fn is_han(code: u32) -> bool {
    (0x3400..=0x9FFF).contains(&code)
}

fn is_ascii(code: u32) -> bool {
    (0x20..=0x7E).contains(&code)
}

/// Letters and marks of one column, none of which belongs to the character before it.
fn is_narrow(code: u32) -> bool {
    is_ascii(code)
        || matches!(
            code,
            0xA0..=0xAC | 0xAE..=0x2FF | 0x391..=0x3A1 | 0x3A3..=0x482 | 0x2000..=0x200A | 0x2010..=0x2027
                | 0x20A0..=0x20BF | 0x2100..=0x218B | 0x2190..=0x2319 | 0x2460..=0x25FC
        )
}

/// Marks of Chinese, kana and full-width letters, none of which belongs to the character before it.
fn is_wide(code: u32) -> bool {
    matches!(code, 0x3000..=0x3029 | 0x3041..=0x3096 | 0x309B..=0x30FF | 0xFF01..=0xFF60)
}

/// Return the columns of a character on a terminal.
#[inline]
fn width(code: u32) -> Known<i64> {
    match code {
        0x4E00..=0x9FFF => Ok(2),
        0x0A | ZERO_WIDTH_SPACE => Ok(0),
        _ if is_narrow(code) => Ok(1),
        _ if is_wide(code) => Ok(2),
        _ => Err(Unknown),
    }
}

pub fn cells(text: &[u32]) -> Known<i64> {
    text.iter().map(|code| width(*code)).sum()
}

/// Return whether a text may be cut before a place.
fn is_boundary(text: &[u32], place: usize) -> Known<bool> {
    if place == 0 || place >= text.len() {
        return Ok(true);
    }
    let (code, before) = (text[place], text[place - 1]);
    if is_han(code) || is_ascii(code) {
        return Ok(true);
    }
    if code == 0x0A {
        return Ok(before != 0x0D);
    }
    if before == JOINER || !(is_narrow(code) || is_wide(code) || code == ZERO_WIDTH_SPACE) {
        return Err(Unknown);
    }
    Ok(true)
}

fn boundary_from(text: &[u32], mut place: usize) -> Known<usize> {
    while !is_boundary(text, place)? {
        place += 1;
    }
    Ok(place)
}

pub fn boundary_before(text: &[u32], mut place: usize) -> Known<usize> {
    while !is_boundary(text, place)? {
        place -= 1;
    }
    Ok(place)
}

fn is_end(code: u32) -> bool {
    matches!(char::from_u32(code), Some('。' | '！' | '？' | '!' | '?' | '；' | ';' | '…'))
}

/// Return whether Python takes a character for white space.
fn is_space(code: u32) -> bool {
    matches!(
        code,
        0x09..=0x0D | 0x1C..=0x20 | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000
    )
}

fn parts_clauses(code: u32) -> bool {
    matches!(char::from_u32(code), Some('，' | ',' | '、' | '：' | ':')) || is_space(code)
}

/// Return where the sentences of a text end, the last one at its end.
pub fn sentence_ends(text: &[u32]) -> Known<Vec<usize>> {
    let mut ends = Vec::new();
    let mut place = 0;
    while place < text.len() {
        let code = text[place];
        place += 1;
        if is_end(code) {
            while text.get(place).is_some_and(|code| is_end(*code)) {
                place += 1;
            }
            while text.get(place).is_some_and(|code| CLOSING.contains(code)) {
                place += 1;
            }
        } else if code != 0x0A {
            continue;
        }
        ends.push(boundary_from(text, place)?);
    }
    if ends.last() != Some(&text.len()) {
        ends.push(text.len());
    }
    Ok(ends)
}

/// Return a part of a text without white space at its ends.
pub fn stripped(text: &[u32], start: usize, end: usize) -> Known<Span> {
    let piece = text.get(start..end).unwrap_or(&[]);
    let leading = piece.iter().take_while(|code| is_space(**code)).count();
    let trailing = piece.iter().rev().take_while(|code| is_space(**code)).count();
    let first = boundary_before(text, start + leading)?;
    Ok((first, first.max(boundary_from(text, end.max(start) - trailing)?)))
}

/// Return a sentence, or when it is wider than `most` its clauses, and half a width of a wider clause.
pub fn parts(text: &[u32], start: usize, end: usize, most: i64) -> Known<Vec<Span>> {
    if fits(text, start, end, most)? {
        return Ok(vec![(start, end)]);
    }
    let mut found = Vec::new();
    let mut place = start;
    while place < end {
        let clause = place;
        while place < end && !parts_clauses(text[place]) {
            place += 1;
        }
        while place < end && parts_clauses(text[place]) {
            place += 1;
        }
        let (mut first, last) = stripped(text, clause, place)?;
        if first >= last {
            continue;
        }
        while !fits(text, first, last, most)? {
            let cut = fitting(text, first, last, most / 2)?;
            found.push((first, cut));
            first = cut;
        }
        found.push((first, last));
    }
    Ok(found)
}

/// Return whether a part of a text is no wider than `most` columns.
pub fn fits(text: &[u32], start: usize, end: usize, most: i64) -> Known<bool> {
    Ok(2 * (end as i64 - start as i64) <= most || reach(text, start, end, most)? == end)
}

/// Return up to where a part of a text fits, one character at least, none of them halved.
pub fn fitting(text: &[u32], start: usize, end: usize, most: i64) -> Known<usize> {
    let place = reach(text, start, end, most)?;
    if place == end {
        return Ok(end);
    }
    let cut = boundary_before(text, place)?;
    if cut > start { Ok(cut) } else { boundary_from(text, start + 1) }
}

/// Return the first place of a part of a text that does not fit, or its end.
fn reach(text: &[u32], start: usize, end: usize, most: i64) -> Known<usize> {
    let mut left = most;
    for (place, code) in text.iter().enumerate().take(end).skip(start) {
        left -= width(*code)?;
        if left < 0 {
            return Ok(place);
        }
    }
    Ok(end)
}
