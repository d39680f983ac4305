//! Bytes of a mapped file: every read is checked against the end of its section.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use crc32fast::hash as crc32;
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;

/// The bits of the place of a byte in its page, which has a checksum of its own; pages were larger in the fifth format.
const PAGE_BITS: [u32; 2] = [8, 12];

/// Why a question was not answered: the file lies, or Python raised.
#[derive(Debug)]
pub enum Fault {
    Damaged(&'static str),
    Python(PyErr),
}

pub type Read<T> = Result<T, Fault>;

// Where numbers are read one by one no fault is made that is not wanted: it would have to be dropped.
const BEYOND: Fault = Fault::Damaged("a number is beyond its section");

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Fault::Python(error)
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> Self {
        match fault {
            // Python's reader takes a ValueError that comes out of reading for damage, and verifies the files.
            Fault::Damaged(what) => pyo3::exceptions::PyValueError::new_err(what),
            Fault::Python(error) => error,
        }
    }
}

/// The memory map of one segment, which Python made and keeps open as long as this lives.
pub struct Map {
    _buffer: PyBuffer<u8>,
    start: *const u8,
    len: usize,
    pages: OnceLock<Pages>,
}

/// The checksums of a file's pages, and which were found to be right.
struct Pages {
    /// Where they are in the file; they are of all that precedes them.
    start: usize,
    end: usize,
    /// A page has two to the power of this bytes.
    bits: u32,
    verified: Vec<AtomicU64>,
}

// SAFETY: the map is read-only, and the buffer that is held keeps it mapped.
unsafe impl Send for Map {}
// SAFETY: as above; nobody writes to it.
unsafe impl Sync for Map {}

impl Map {
    /// Take a contiguous, read-only buffer such as `mmap.mmap(..., access=ACCESS_READ)`.
    pub fn of(source: &Bound<'_, PyAny>) -> PyResult<Arc<Map>> {
        let buffer = PyBuffer::<u8>::get(source)?;
        if !buffer.is_c_contiguous() || !buffer.readonly() {
            return Err(pyo3::exceptions::PyTypeError::new_err("a read-only map is wanted"));
        }
        let (start, len) = (buffer.buf_ptr() as *const u8, buffer.len_bytes());
        Ok(Arc::new(Map { _buffer: buffer, start, len, pages: OnceLock::new() }))
    }

    fn all(&self) -> &[u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the buffer is held, contiguous, of `len` bytes and read-only; segments are never changed.
        unsafe { std::slice::from_raw_parts(self.start, self.len) }
    }

    /// Verify each page on its first use from now on, by these checksums of all that precedes them.
    pub fn verify_by(&self, checks: &Section) -> Read<()> {
        let (start, end) = (checks.start, checks.end);
        let count = checks.u32s().len();
        let bits = PAGE_BITS.into_iter().find(|bits| start.div_ceil(1 << bits) == count);
        let bits = bits.ok_or(Fault::Damaged("the checksums of pages are not as many as there are pages"))?;
        let verified = (0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        let _ = self.pages.set(Pages { start, end, bits, verified });
        Ok(())
    }

    /// Verify the pages of some bytes that were not verified before.
    #[inline(always)]
    fn verify(&self, start: usize, end: usize) -> Read<()> {
        let Some(pages) = self.pages.get() else { return Ok(()) };
        if start < end {
            for page in start >> pages.bits..=(end - 1) >> pages.bits {
                let seen = pages.verified.get(page / 64).map(|seen| seen.load(Ordering::Relaxed) >> (page % 64) & 1);
                if seen != Some(1) {
                    self.verify_page(pages, page)?;
                }
            }
        }
        Ok(())
    }

    #[cold]
    fn verify_page(&self, pages: &Pages, page: usize) -> Read<()> {
        let seen = pages.verified.get(page / 64).ok_or(Fault::Damaged("a page has no checksum"))?;
        let bytes = &self.all()[page << pages.bits..((page + 1) << pages.bits).min(pages.start)];
        if crc32(bytes) != U32s(&self.all()[pages.start..pages.end]).at(page)? {
            return Err(Fault::Damaged("a page does not fit its checksum"));
        }
        seen.fetch_or(1 << (page % 64), Ordering::Relaxed);
        Ok(())
    }
}

/// A section of a map.
#[derive(Clone)]
pub struct Section {
    map: Arc<Map>,
    start: usize,
    end: usize,
}

impl Section {
    pub fn of(map: &Arc<Map>, offset: usize, length: usize) -> Read<Section> {
        let end = offset.checked_add(length).filter(|end| *end <= map.len);
        let end = end.ok_or(Fault::Damaged("a section is not in its file"))?;
        Ok(Section { map: map.clone(), start: offset, end })
    }

    /// Return all bytes, of which only those may be used that are verified.
    pub fn bytes(&self) -> &[u8] {
        &self.map.all()[self.start..self.end]
    }

    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Verify all bytes.
    pub fn verified(self) -> Read<Section> {
        self.map.verify(self.start, self.end)?;
        Ok(self)
    }

    /// Return some of the bytes, which have another checksum of their own.
    pub fn unverified(&self, start: usize, length: usize) -> Read<&[u8]> {
        part(self.bytes(), start, length)
    }

    /// Return one of the bytes, verified.
    #[inline(always)]
    pub fn byte(&self, place: usize) -> Read<u8> {
        Ok(self.part(place, 1)?[0])
    }

    /// Return some of the bytes, verified.
    #[inline]
    pub fn part(&self, start: usize, length: usize) -> Read<&[u8]> {
        let bytes = part(self.bytes(), start, length)?;
        self.map.verify(self.start + start, self.start + start + length)?;
        Ok(bytes)
    }

    /// Have bytes that are soon read fetched into the processor's memory, `step` or more between two; none need be there.
    #[inline]
    pub fn fetch(&self, start: usize, length: usize, step: usize) {
        let bytes = self.bytes().get(start..).unwrap_or(&[]);
        bytes.iter().take(length).step_by(step.max(LINE)).for_each(fetch);
    }

    pub fn u32s(&self) -> U32s<'_> {
        U32s(self.bytes())
    }
}

/// Bytes that a processor fetches at once.
pub const LINE: usize = 64;

#[cfg(target_arch = "x86_64")]
#[inline]
fn fetch(byte: &u8) {
    use std::arch::x86_64::{_mm_prefetch, _MM_HINT_T0};
    // SAFETY: every such processor has it; it changes nothing, and does nothing where the byte is not at hand.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(byte).cast()) };
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn fetch(_byte: &u8) {}

/// Little-endian numbers of four bytes, wherever they begin.
#[derive(Clone, Copy)]
pub struct U32s<'a>(pub &'a [u8]);

impl<'a> U32s<'a> {
    pub fn len(&self) -> usize {
        self.0.len() / 4
    }

    #[inline]
    pub fn at(&self, index: usize) -> Read<u32> {
        let bytes = index.checked_mul(4).and_then(|at| self.0.get(at..)?.first_chunk::<4>());
        match bytes {
            Some(four) => Ok(u32::from_le_bytes(*four)),
            None => Err(BEYOND),
        }
    }

    /// Return the first index in a range whose number is not below `value`; the range ascends.
    pub fn bisect_left(&self, value: u32, low: usize, high: usize) -> Read<usize> {
        bisect(low, high, |index| Ok(self.at(index)? < value))
    }

    /// Return the first index whose number is above `value`; the numbers ascend.
    pub fn bisect_right(&self, value: u32) -> Read<usize> {
        bisect(0, self.len(), |index| Ok(self.at(index)? <= value))
    }
}

/// Little-endian numbers of one, two, four or eight bytes each.
#[derive(Clone)]
pub struct Numbers {
    section: Section,
    width: usize,
}

impl Numbers {
    pub fn of(section: Section, width: usize) -> Read<Numbers> {
        match width {
            1 | 2 | 4 | 8 => Ok(Numbers { section, width }),
            _ => Err(Fault::Damaged("numbers are of an unknown width")),
        }
    }

    pub fn len(&self) -> usize {
        self.section.len() / self.width
    }

    /// Verify the numbers of a range.
    pub fn verify(&self, start: usize, end: usize) -> Read<()> {
        let (start, count) = (start.saturating_mul(self.width), end.saturating_sub(start).saturating_mul(self.width));
        self.section.part(start, count).map(|_| ())
    }

    /// Have so many lines of a range fetched, evenly spaced.
    pub fn fetch(&self, start: usize, end: usize, lines: usize) {
        let length = end.saturating_sub(start).saturating_mul(self.width);
        self.section.fetch(start.saturating_mul(self.width), length, length / lines);
    }

    /// Return all bytes, and how many a number takes.
    pub fn raw(&self) -> (&[u8], usize) {
        (self.section.bytes(), self.width)
    }

    #[inline]
    pub fn at(&self, index: usize) -> Read<u64> {
        let bytes = self.section.bytes();
        let at = index.wrapping_mul(self.width);
        let found = match self.width {
            1 => bytes.get(index).map(|one| u64::from(*one)),
            2 => bytes.get(at..).and_then(|rest| rest.first_chunk::<2>()).map(|two| u64::from(u16::from_le_bytes(*two))),
            4 => bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()).map(|four| u64::from(u32::from_le_bytes(*four))),
            _ => bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()).map(|eight| u64::from_le_bytes(*eight)),
        };
        match found {
            Some(number) => Ok(number),
            None => Err(BEYOND),
        }
    }

    /// Return the first index in a range whose number is not below `value`; the range ascends.
    pub fn bisect_left(&self, value: u64, low: usize, high: usize) -> Read<usize> {
        bisect(low, high, |index| Ok(self.at(index)? < value))
    }

    /// Return the same after what is looked at, and the number at the index, were verified.
    pub fn bisect_verified(&self, value: u64, low: usize, high: usize) -> Read<usize> {
        let place = bisect(low, high, |index| {
            self.verify(index, index + 1)?;
            Ok(self.at(index)? < value)
        })?;
        self.verify(place, (place + 1).min(high))?;
        Ok(place)
    }
}

/// Return the first index of a range that is not before what is looked for.
#[inline]
fn bisect(mut low: usize, high: usize, is_before: impl Fn(usize) -> Read<bool>) -> Read<usize> {
    let mut size = high.saturating_sub(low);
    while size > 0 {
        let half = size / 2;
        // Chosen, not decided: nobody can foresee which half it is.
        (low, size) = if is_before(low + half)? { (low + half + 1, size - half - 1) } else { (low, half) };
    }
    Ok(low)
}

/// Return the part of some bytes, or a fault where it is not all there.
#[inline]
pub fn part(bytes: &[u8], start: usize, length: usize) -> Read<&[u8]> {
    match start.checked_add(length).and_then(|end| bytes.get(start..end)) {
        Some(found) => Ok(found),
        None => Err(Fault::Damaged("a list is beyond its section")),
    }
}
