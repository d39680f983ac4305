//! The checksum that zlib and Python have, of blocks, pages and headlines.

use std::sync::OnceLock;

/// The checksum of zlib, eight bytes at a time.
pub fn crc32(bytes: &[u8]) -> u32 {
    static TABLES: OnceLock<Box<[[u32; 256]; 8]>> = OnceLock::new();
    let tables = TABLES.get_or_init(|| {
        let mut tables = Box::new([[0u32; 256]; 8]);
        for byte in 0..256 {
            let mut value = byte as u32;
            for _ in 0..8 {
                value = if value & 1 == 1 { value >> 1 ^ 0xEDB8_8320 } else { value >> 1 };
            }
            tables[0][byte] = value;
        }
        for byte in 0..256 {
            for table in 1..8 {
                let before = tables[table - 1][byte];
                tables[table][byte] = before >> 8 ^ tables[0][(before & 255) as usize];
            }
        }
        tables
    });
    let mut crc = u32::MAX;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let low = u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]) ^ crc;
        crc = tables[7][(low & 255) as usize]
            ^ tables[6][(low >> 8 & 255) as usize]
            ^ tables[5][(low >> 16 & 255) as usize]
            ^ tables[4][(low >> 24) as usize]
            ^ tables[3][usize::from(chunk[4])]
            ^ tables[2][usize::from(chunk[5])]
            ^ tables[1][usize::from(chunk[6])]
            ^ tables[0][usize::from(chunk[7])];
    }
    for byte in chunks.remainder() {
        crc = tables[0][((crc ^ u32::from(*byte)) & 255) as usize] ^ crc >> 8;
    }
    !crc
}
