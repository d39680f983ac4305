//! Stored articles: a block of JSON opened, and its text fields read. `codec/article_store.py` has the layout.

use std::cell::RefCell;
use std::iter;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::OnceLock;

use crc32fast::hash as crc32;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{decompress, DecompressorOxide};
use miniz_oxide::inflate::{decompress_to_vec_zlib_with_limit, TINFLStatus};

use crate::data::{Fault, Numbers, Read, Section};
use crate::symbols::unpacked;
use crate::tables::Tables;

/// A dictionary is made of 32 pieces of 1 KiB.
const MOST_DICTIONARY: usize = 32 << 10;
/// An article that opens to more was made to fill somebody's memory, or is read by Python.
const MOST_BLOCK: usize = 64 << 20;

/// For so many characters room is kept: for an article that is longer it is made anew.
const MOST_KEPT: usize = 1 << 18;

pub struct Articles {
    blocks: Section,
    offsets: Section,
    checks: Section,
    firsts: Section,
    starts: Section,
    form: Form,
}

/// What opens an article.
enum Form {
    /// A table of symbols, and whether it is what was written.
    Symbols(Section, OnceLock<bool>),
    Deflate(Deflate),
}

/// What segments of older formats have.
struct Deflate {
    dictionary: Section,
    opened: OnceLock<Option<Vec<u8>>>,
    /// No other segment that this process opens has the same.
    number: u64,
}

static NEXT_NUMBER: AtomicU64 = AtomicU64::new(1);

/// The text fields of an article in the order of the fields asked for; each has a text or several.
pub struct Texts {
    codes: Vec<u32>,
    parts: Vec<(usize, Range<usize>)>,
}

impl Texts {
    /// Return how many bytes they take.
    pub fn size(&self) -> usize {
        self.codes.capacity() * size_of::<u32>() + self.parts.capacity() * size_of::<(usize, Range<usize>)>()
    }

    /// Yield the number of each text's field, and the text.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &[u32])> {
        self.parts.iter().map(|(field, part)| (*field, self.codes.get(part.clone()).unwrap_or(&[])))
    }
}

impl Articles {
    /// Take the sections of articles: of `symbols` and `dictionary` a segment has one.
    pub fn of(
        [blocks, offsets, checks, firsts, starts]: [Section; 5],
        symbols: Option<Section>,
        dictionary: impl FnOnce() -> Read<Section>,
    ) -> Read<Articles> {
        let form = match symbols {
            Some(table) => Form::Symbols(table, OnceLock::new()),
            None => Form::Deflate(Deflate {
                dictionary: dictionary()?,
                opened: OnceLock::new(),
                number: NEXT_NUMBER.fetch_add(1, Ordering::Relaxed),
            }),
        };
        Ok(Articles { blocks, offsets, checks, firsts, starts, form })
    }

    /// Return the JSON of a document in code points.
    pub fn json(&self, doc: usize, tables: &Tables) -> Read<Vec<u32>> {
        let firsts = self.firsts.u32s();
        let after = firsts.bisect_right(doc as u32)?;
        let block = after.checked_sub(1).ok_or(Fault::Damaged("an article is in no block"))?;
        let starts = Numbers::of(self.starts.clone(), 2)?;
        let offsets = Numbers::of(self.offsets.clone(), 8)?;
        let first = usize::try_from(offsets.at(block)?).map_err(|_| Fault::Damaged("a block is beyond its section"))?;
        let end = usize::try_from(offsets.at(block + 1)?).map_err(|_| Fault::Damaged("a block is beyond its section"))?;
        let length = end.checked_sub(first).ok_or(Fault::Damaged("a block ends before it begins"))?;
        let packed = self.blocks.unverified(first, length)?;
        if crc32(packed) != self.checks.u32s().at(block)? {
            return Err(Fault::Damaged("a block of articles does not fit its checksum"));
        }
        let start = starts.at(doc)? as usize;
        let next = if after < firsts.len() { firsts.at(after)? as usize } else { starts.len() };
        let stop = if doc + 1 == next { None } else { Some(starts.at(doc + 1)? as usize) };
        match &self.form {
            Form::Symbols(table, is_whole) => {
                if !is_whole.get_or_init(|| table.clone().verified().is_ok()) {
                    return Err(Fault::Damaged("the symbols of articles do not fit their checksum"));
                }
                let article = packed.get(start..stop.unwrap_or(length)).ok_or(BEYOND_ITS_BLOCK)?;
                unpacked(table.bytes(), article)
            }
            Form::Deflate(deflate) => deflate.opened(packed, start, stop, tables),
        }
    }
}

const BEYOND_ITS_BLOCK: Fault = Fault::Damaged("an article is beyond its block");

impl Deflate {
    /// Open what of a block is between two places.
    fn opened(&self, packed: &[u8], start: usize, stop: Option<usize>, tables: &Tables) -> Read<Vec<u32>> {
        let dictionary = self
            .opened
            .get_or_init(|| decompress_to_vec_zlib_with_limit(self.dictionary.bytes(), MOST_DICTIONARY).ok());
        let dictionary =
            dictionary.as_deref().ok_or(Fault::Damaged("the dictionary of articles cannot be opened"))?;
        let (begin, stop) = (dictionary.len() + start, stop.map(|stop| dictionary.len() + stop));
        OPENER.with_borrow_mut(|opener| {
            let end = opener.inflate(packed, dictionary, self.number, stop)?;
            let data = opener.room[..end].get(begin..stop.unwrap_or(end)).ok_or(BEYOND_ITS_BLOCK)?;
            let decoded = tables.decoded(data, &mut opener.codes);
            if opener.codes.len() > MOST_KEPT {
                opener.codes = Vec::new();
            }
            decoded
        })
    }
}

/// What a thread opens blocks in: a dictionary, and after it what was opened last.
struct Opener {
    /// Whose dictionary comes first in `room`; it stays there while its segment is read.
    owner: u64,
    room: Vec<u8>,
    /// Room for what was decoded.
    codes: Vec<u32>,
    state: Box<DecompressorOxide>,
}

thread_local! {
    static OPENER: RefCell<Opener> =
        RefCell::new(Opener { owner: 0, room: Vec::new(), codes: Vec::new(), state: Box::default() });
}

impl Opener {
    /// Open raw deflate that refers back to a dictionary, which comes first in `room`; return where it ends.
    ///
    /// What is after `stop`, which counts from the dictionary's beginning on, is not opened.
    fn inflate(&mut self, packed: &[u8], dictionary: &[u8], owner: u64, stop: Option<usize>) -> Read<usize> {
        let stop = stop.filter(|stop| (dictionary.len()..MOST_BLOCK).contains(stop));
        let mut wanted = stop.unwrap_or(dictionary.len() + (packed.len() * 4).clamp(4 << 10, MOST_BLOCK));
        loop {
            if self.room.len() < wanted {
                self.room.resize(wanted, 0);
            }
            if self.owner != owner {
                self.room[..dictionary.len()].copy_from_slice(dictionary);
                self.owner = owner;
            }
            self.state.init();
            let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
            let room = &mut self.room[..wanted];
            let (status, _, written) = decompress(&mut self.state, packed, room, dictionary.len(), flags);
            match status {
                TINFLStatus::Done => return Ok(dictionary.len() + written),
                TINFLStatus::HasMoreOutput if stop.is_some() => return Ok(wanted),
                TINFLStatus::HasMoreOutput if wanted < MOST_BLOCK => wanted *= 4,
                TINFLStatus::HasMoreOutput => return Err(Fault::Damaged("a block of articles is blown up")),
                _ => return Err(Fault::Damaged("a block of articles is cut short")),
            }
        }
    }
}

/// Read the texts of some fields out of an article's JSON: those of each field in the order of `names`.
///
/// Every field has a text, empty where the article lacks it; a list has as many as it has members.
pub fn texts_of(json: Vec<u32>, names: &[Vec<u32>]) -> Read<Texts> {
    let mut found: Vec<Option<Vec<Range<usize>>>> = vec![None; names.len()];
    let mut reader = Reader { json, place: 0, depth: 0 };
    reader.expect('{')?;
    while !reader.next_is('}') {
        let key = reader.string()?;
        reader.expect(':')?;
        let key = reader.json.get(key).unwrap_or(&[]);
        match names.iter().position(|name| name.as_slice() == key) {
            Some(number) => found[number] = Some(reader.texts()?),
            None => reader.skip()?,
        }
        if !reader.next_is('}') {
            reader.expect(',')?;
        }
    }
    let each = found.into_iter().enumerate();
    let parts = each.flat_map(|(number, texts)| {
        texts.unwrap_or_else(|| iter::once(0..0).collect()).into_iter().map(move |text| (number, text))
    });
    Ok(Texts { parts: parts.collect(), codes: reader.json })
}

/// Number of characters without an end that are passed over at once.
const PASSED: usize = 32;

/// Return how many characters come before the first quotation mark or backslash.
fn plain_length(codes: &[u32]) -> Option<usize> {
    let ends = |code: &u32| *code == '"' as u32 || *code == '\\' as u32;
    // Many at a time, so that nothing is decided for most.
    let passed = codes.chunks_exact(PASSED).take_while(|some| !some.iter().fold(false, |any, code| any | ends(code)));
    let start = PASSED * passed.count();
    codes[start..].iter().position(ends).map(|place| start + place)
}

/// Reads JSON; a string that has escapes is written without them where it stands.
struct Reader {
    json: Vec<u32>,
    place: usize,
    depth: usize,
}

const BAD_JSON: Fault = Fault::Damaged("an article is not what was written");
const MOST_DEPTH: usize = 256;

impl Reader {
    fn next_is(&self, char: char) -> bool {
        self.json.get(self.place) == Some(&(char as u32))
    }

    fn expect(&mut self, char: char) -> Read<()> {
        if !self.next_is(char) {
            return Err(BAD_JSON);
        }
        self.place += 1;
        Ok(())
    }

    fn string(&mut self) -> Read<Range<usize>> {
        self.expect('"')?;
        let start = self.place;
        let mut end = start;
        loop {
            let rest = self.json.get(self.place..).ok_or(BAD_JSON)?;
            let plain = plain_length(rest).ok_or(BAD_JSON)?;
            let is_end = rest[plain] == '"' as u32;
            if end < self.place {
                self.json.copy_within(self.place..self.place + plain, end);
            }
            end += plain;
            self.place += plain + 1;
            if is_end {
                return Ok(start..end);
            }
            let escaped = *self.json.get(self.place).ok_or(BAD_JSON)?;
            self.place += 1;
            self.json[end] = match char::from_u32(escaped) {
                Some('n') => 10,
                Some('t') => 9,
                Some('r') => 13,
                Some('b') => 8,
                Some('f') => 12,
                Some('u') => self.hex()?,
                Some('"' | '\\' | '/') => escaped,
                _ => return Err(BAD_JSON),
            };
            end += 1;
        }
    }

    fn hex(&mut self) -> Read<u32> {
        let mut value = 0;
        for _ in 0..4 {
            let code = *self.json.get(self.place).ok_or(BAD_JSON)?;
            let digit = char::from_u32(code).and_then(|char| char.to_digit(16)).ok_or(BAD_JSON)?;
            value = value << 4 | digit;
            self.place += 1;
        }
        Ok(value)
    }

    fn texts(&mut self) -> Read<Vec<Range<usize>>> {
        if !self.next_is('[') {
            return Ok(vec![self.string()?]);
        }
        self.place += 1;
        let mut texts = Vec::new();
        if self.next_is(']') {
            self.place += 1;
            return Ok(texts);
        }
        loop {
            texts.push(self.string()?);
            if self.next_is(',') {
                self.place += 1;
                continue;
            }
            self.expect(']')?;
            return Ok(texts);
        }
    }

    /// Pass over a value.
    fn skip(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(BAD_JSON);
        }
        let code = *self.json.get(self.place).ok_or(BAD_JSON)?;
        match char::from_u32(code) {
            Some('"') => {
                self.string()?;
            }
            Some(open @ ('{' | '[')) => {
                let close = if open == '{' { '}' } else { ']' };
                self.place += 1;
                if self.next_is(close) {
                    self.place += 1;
                } else {
                    loop {
                        if open == '{' {
                            self.string()?;
                            self.expect(':')?;
                        }
                        self.skip()?;
                        if self.next_is(',') {
                            self.place += 1;
                            continue;
                        }
                        self.expect(close)?;
                        break;
                    }
                }
            }
            _ => {
                while let Some(code) = self.json.get(self.place) {
                    if [',', '}', ']'].iter().any(|end| *end as u32 == *code) {
                        break;
                    }
                    self.place += 1;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }
}
