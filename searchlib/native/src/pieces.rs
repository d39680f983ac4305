//! A run of Han without spaces as the pieces that may be apart from each other: `query/pieces.py` says how.

use crate::data::Read;
use crate::plain::PlainReader;

const LONGEST_ROW: usize = 12;
const LONGEST_READ: usize = 200;
const WHY_TIME: &str = "为什么时候";

/// Return whether a character is a border in a clean text of Han.
pub fn is_border(char: &char) -> bool {
    matches!(*char, '\n' | '-' | '&' | '/' | '_' | '.' | ',')
}

fn size(text: &str) -> usize {
    text.chars().count()
}

impl PlainReader {
    /// Return the pieces of a clean word of Han that has nothing but borders in it; each may come several times.
    pub fn pieces(&self, word: &[char]) -> Read<Vec<String>> {
        if word.len() == 2 && !word.iter().any(is_border) {
            return Ok(vec![word.iter().collect()]);
        }
        let mut found = Vec::new();
        for row in word.split(is_border).filter(|row| !row.is_empty()) {
            found.extend(self.with_singles(self.with_questions(self.cut(row)?)));
        }
        let is_function = |piece: &str| size(piece) == 1 && self.functions.contains(piece);
        if found.iter().any(|piece| !is_function(piece)) {
            found.retain(|piece| !is_function(piece));
        }
        Ok(found)
    }

    /// Return the shortest parts of a piece of Han that mean nearly as much as all of it.
    pub fn looser_pieces(&self, piece: &[char]) -> Read<Vec<String>> {
        let mut words = self.cut(piece)?;
        if words.len() < 2 {
            return Ok(Vec::new());
        }
        if words.iter().all(|word| size(word) == 1) {
            let read = if piece.len() > LONGEST_ROW { LONGEST_READ } else { LONGEST_ROW };
            return Ok(piece[..piece.len().min(read)].windows(2).map(|pair| pair.iter().collect()).collect());
        }
        let shortest = words.iter().map(|word| size(word)).filter(|size| *size > 1).min();
        words.retain(|word| Some(size(word)) == shortest);
        Ok(words)
    }

    pub fn is_stop_word(&self, word: &str) -> bool {
        self.weight(word) < 1.0
    }

    fn cut(&self, row: &[char]) -> Read<Vec<String>> {
        let mut start = 0;
        let ends = self.dictionary.cut(row)?.into_iter();
        Ok(ends.map(|end| row[std::mem::replace(&mut start, end)..end].iter().collect()).collect())
    }

    /// Join 哪 or 几 with what is counted, and 什么 with 时候.
    fn with_questions(&self, words: Vec<String>) -> Vec<String> {
        let mut found = Vec::with_capacity(words.len());
        let mut before = String::new();
        for word in words {
            let both = format!("{before}{word}");
            if !before.is_empty() && self.is_question(&before) && self.is_question(&both) {
                before = both;
            } else if both == WHY_TIME {
                let rest = before.chars().skip(1).collect::<String>();
                found.extend(before.chars().next().map(String::from));
                before = rest + &word;
            } else {
                found.push(std::mem::replace(&mut before, word));
            }
        }
        found.push(before);
        found.retain(|word| !word.is_empty());
        found
    }

    /// Join neighbouring single characters with each other, a lone one with its neighbour; not stop words.
    fn with_singles(&self, words: Vec<String>) -> Vec<String> {
        let (mut found, mut section) = (Vec::new(), Vec::new());
        for word in words {
            if (size(&word) > 1 && self.is_stop_word(&word)) || self.sure_characters.contains(&word) {
                found.extend(self.join_characters(std::mem::take(&mut section)));
                found.push(word);
            } else {
                section.push(word);
            }
        }
        found.extend(self.join_characters(section));
        found
    }

    /// Join the single characters of a row of words in which no stop word is certain.
    fn join_characters(&self, words: Vec<String>) -> Vec<String> {
        let (mut rows, mut singles): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let mut lone = String::new();
        for word in words.into_iter().chain([String::new()]) {
            if size(&word) == 1 {
                singles.push(word);
                continue;
            }
            let last = rows.last_mut().filter(|last| !self.is_stop_word(last));
            match (singles.as_slice(), last) {
                (all, _) if all.iter().all(|one| self.is_stop_word(one)) => rows.append(&mut singles),
                ([one], Some(last)) => last.push_str(one),
                ([one], None) if !word.is_empty() => lone.clone_from(one),
                (all, _) => rows.push(all.concat()),
            }
            singles.clear();
            if !word.is_empty() {
                rows.push(std::mem::take(&mut lone) + &word);
            }
        }
        rows
    }
}
