//! Words and units of what is not Han: `WORD`, `border_text` and `UNIT` of `analysis`, for ASCII.

const BORDER: u8 = b'\n';

/// Longer terms are cut to so many characters.
pub const MAX_TERM_CHARS: usize = 64;

fn is_digit(run: &[u8], place: usize) -> bool {
    run.get(place).is_some_and(u8::is_ascii_digit)
}

fn digits_end(run: &[u8], mut place: usize) -> usize {
    while is_digit(run, place) {
        place += 1;
    }
    place
}

/// Return where figures with the commas between them end.
fn grouped_end(run: &[u8], place: usize) -> usize {
    let mut end = digits_end(run, place);
    while run.get(end) == Some(&b',') && is_digit(run, end + 1) {
        end = digits_end(run, end + 1);
    }
    end
}

/// Return where the number that begins at a place ends: of points it has one, between figures.
fn number_end(run: &[u8], place: usize) -> Option<usize> {
    if !is_digit(run, place) {
        return None;
    }
    let whole = grouped_end(run, place);
    let is_after_point = place > 1 && run[place - 1] == b'.' && is_digit(run, place - 2);
    if !is_after_point && run.get(whole) == Some(&b'.') && is_digit(run, whole + 1) {
        let end = digits_end(run, whole + 1);
        if !(run.get(end) == Some(&b'.') && is_digit(run, end + 1)) {
            return Some(end);
        }
    }
    Some(whole)
}

fn letters_end(run: &[u8], mut place: usize) -> usize {
    while run.get(place).is_some_and(u8::is_ascii_alphabetic) {
        place += 1;
    }
    place
}

fn part_end(run: &[u8], place: usize) -> Option<usize> {
    let end = letters_end(run, place);
    if end > place {
        Some(end)
    } else {
        number_end(run, place)
    }
}

fn is_joint(run: &[u8], place: usize) -> bool {
    run.get(place).is_some_and(|byte| b"-&/_.".contains(byte))
}

fn compound_end(run: &[u8], place: usize) -> Option<usize> {
    let mut end = place;
    loop {
        let joined = if end > place && is_joint(run, end) { part_end(run, end + 1) } else { None };
        match joined.or_else(|| part_end(run, end)) {
            Some(next) => end = next,
            None => break,
        }
    }
    if end == place {
        return None;
    }
    Some(if run.get(end) == Some(&b'%') { end + 1 } else { end })
}

fn kept(text: &[u8]) -> &[u8] {
    &text[..text.len().min(MAX_TERM_CHARS)]
}

/// Give the words of a run: of a compound the whole, when it has parts, then the parts.
pub fn words<'a>(run: &'a [u8], mut found: impl FnMut(&'a [u8])) {
    let mut place = 0;
    while place < run.len() {
        let Some(end) = compound_end(run, place) else {
            place += 1;
            continue;
        };
        let compound = &run[place..end];
        if part_end(compound, 0) != Some(compound.len()) {
            found(kept(compound));
        }
        let mut start = 0;
        while start < compound.len() {
            match part_end(compound, start) {
                Some(next) => {
                    found(kept(&compound[start..next]));
                    start = next;
                }
                None => start += 1,
            }
        }
        place = end;
    }
}

/// Give the units of a run in full, and None for the borders between them.
pub fn units(run: &[u8], room: &mut Vec<u8>, mut found: impl FnMut(Option<&[u8]>)) {
    room.clear();
    room.extend_from_slice(run);
    let mut place = 0;
    while place < run.len() {
        if run[place] == b'.' && place > 0 && is_digit(run, place - 1) && is_digit(run, place + 1) {
            let first = digits_end(run, place + 1);
            let mut end = first;
            while run.get(end) == Some(&b'.') && is_digit(run, end + 1) {
                end = digits_end(run, end + 1);
            }
            if end > first {
                room[place..end].iter_mut().filter(|byte| **byte == b'.').for_each(|byte| *byte = BORDER);
                place = end;
                continue;
            }
        }
        place += 1;
    }
    let is_border = |place: usize| match room[place] {
        b'.' | b',' => !(place > 0 && is_digit(room, place - 1) && is_digit(room, place + 1)),
        b'-' | b'&' | b'/' | b'_' | BORDER => true,
        _ => false,
    };
    let mut start = 0;
    while start < room.len() {
        if is_border(start) {
            found(None);
            start += 1;
            continue;
        }
        let mut end = letters_end(room, start);
        if end == start {
            end = digits_end(room, start);
            while end > start && matches!(room.get(end), Some(b'.' | b',')) && is_digit(room, end + 1) {
                end = digits_end(room, end + 1);
            }
        }
        end = end.max(start + 1);
        found(Some(&room[start..end]));
        start = end;
    }
}
