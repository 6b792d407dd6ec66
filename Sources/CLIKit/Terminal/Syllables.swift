/// The syllables of a word, between which it may be broken at the end of a line.
///
/// The rules are those of Spanish: a consonant between vowels begins a syllable; of several consonants the last one does,
/// or the last two where they are spoken as one (`br`, `cl`, `ch`, `rr`); vowels side by side are never parted. English
/// words, which follow no such rules, break where they can be read too.
enum Syllables {
    /// Returns the syllables of a word; the word itself where there is nothing to part.
    static func of(_ word: String) -> [String] {
        let characters = Array(word)
        let letters = characters.map { $0.lowercased().first ?? $0 }
        let vowels = letters.indices.filter { isVowel(at: $0, in: letters) }
        var starts: [Int] = []
        for (one, next) in zip(vowels, vowels.dropFirst()) where next > one + 1 {
            starts.append(next - opening(letters[(one + 1)..<next]))
        }
        // A single letter stands neither at the end of a line nor at the beginning of one.
        starts = starts.filter { $0 > 1 && $0 < characters.count - 1 }
        return zip([0] + starts, starts + [characters.count]).map { String(characters[$0..<$1]) }
    }

    /// Returns how many of the consonants between two vowels begin a syllable with the second of them.
    private static func opening(_ consonants: ArraySlice<Character>) -> Int {
        consonants.count > 1 && inseparable.contains(String(consonants.suffix(2))) ? 2 : 1
    }

    private static func isVowel(at index: Int, in letters: [Character]) -> Bool {
        if letters[index] != "y" { return vowels.contains(letters[index]) }
        return index + 1 == letters.count || !vowels.contains(letters[index + 1])
    }

    private static let vowels: Set<Character> = ["a", "e", "i", "o", "u", "á", "é", "í", "ó", "ú", "ü"]
    private static let inseparable: Set<String> = [
        "bl", "br", "ch", "ck", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "ll", "ph", "pl", "pr", "rr", "sh", "th",
        "tr",
    ]
}
