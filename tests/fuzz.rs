//! Checks the properties of `fuzz/properties.rs` on their seeds and on mutations of them, without a
//! fuzzer. `RUNS` sets the number of mutations per property; `SEED` repeats a run.

#[path = "../fuzz/properties.rs"]
mod properties;

use properties::{PROPERTIES, hold};
use std::{env, fs, panic, path::PathBuf};
use uuid::Uuid;

/// Random numbers, repeatable by a seed (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A range within `length`, of at most a hundred.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..start + self.below((length - start).min(100) + 1)
    }

    /// One of the seeds, changed in up to eight places.
    fn mutated(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        const TOKENS: [&[u8]; 16] = [
            b"\0",
            b"\xff",
            b"\r\n",
            b"\n",
            b"\"",
            b"&",
            b"<",
            b"%00",
            b"9999999999",
            b"-",
            b"\xe2\x80\xa8",
            b"\xef\xbb\xbf",
            b"\xf0\x9f\x92\xa9",
            b"=",
            b"2023-02-29",
            b"\\",
        ];
        let mut bytes = self.pick(seeds).clone();
        for _ in 0..=self.below(8) {
            let range = self.range(bytes.len());
            match self.below(7) {
                0 => drop(bytes.drain(range)),
                1 => drop(bytes.splice(range, self.pick(&TOKENS).iter().copied())),
                2 => {
                    let again = bytes[range.clone()].repeat(1 + self.below(20));
                    drop(bytes.splice(range, again));
                }
                3 => {
                    let other = self.pick(seeds).clone();
                    let part = self.range(other.len());
                    drop(bytes.splice(range, other[part].iter().copied()));
                }
                4 => bytes.truncate(range.start),
                5 => bytes[range].iter_mut().for_each(|byte| *byte = byte.swap_bytes().rotate_left(1)),
                _ => {
                    let random = u8::try_from(self.below(256)).unwrap();
                    bytes[range].iter_mut().take(1).for_each(|byte| *byte = random);
                }
            }
        }
        bytes
    }
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn the_properties_hold_for_the_seeds_and_their_mutations() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("SEED").unwrap_or_else(|| Uuid::now_v7().as_u64_pair().1);
    let only = env::var("ONLY").unwrap_or_default();
    for (name, _) in PROPERTIES.iter().filter(|(name, _)| name.contains(&only)) {
        let (seeds, mut numbers) = (seeds(name), Numbers(seed));
        assert!(!seeds.is_empty(), "{name} has no seeds");
        let mutations = (0..number("RUNS").unwrap_or(200)).map(|_| numbers.mutated(&seeds));
        for bytes in seeds.clone().into_iter().chain(mutations) {
            let held = panic::catch_unwind(|| hold(name, &bytes));
            assert!(held.is_ok(), "SEED={seed}: {name} does not hold for b\"{}\"", bytes.escape_ascii());
        }
    }
}
