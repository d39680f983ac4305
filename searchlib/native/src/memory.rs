//! Memory that one query took and no other one needs.

/// Give the system back what the allocator holds and nobody uses: after a large query it keeps some 50 MB.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn give_back() {
    extern "C" {
        fn malloc_trim(pad: usize) -> i32;
    }
    // SAFETY: it takes no pointer, and any thread may call it at any time.
    unsafe { malloc_trim(0) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back() {}
