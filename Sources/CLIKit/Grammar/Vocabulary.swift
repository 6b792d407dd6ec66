import Localization

/// The words that people type for the verbs and options of a program, in any language, in one table for all commands.
///
/// They call nothing; an error suggests the verb or option that they mean.
public struct Vocabulary: Sendable {
    /// What people want to do, and the verbs that do it.
    public struct Meaning: Sendable {
        /// The names of verbs that do it, the best first. In each group of commands the first existing one is
        /// suggested.
        let verbs: [String]
        /// The words that people type for it.
        let words: [String]

        /// Creates a meaning from names and words, both separated by blanks.
        public init(_ verbs: String, _ words: String) {
            self.verbs = verbs.split(separator: " ").map(String.init)
            self.words = words.split(separator: " ").map(String.init)
        }
    }

    private let meanings: [Meaning]
    /// The words for the options that have the same meaning wherever they are, separated by blanks.
    private let options: [String: String]
    private let destructive: Set<String>
    private let remedies: [Remedy]

    /// Creates a vocabulary.
    ///
    /// - Parameters:
    ///   - options: words for options, separated by blanks, by the option's name.
    ///   - destructive: the names of verbs that take something away. They are suggested for a word that means them, or
    ///     that differs from them by one letter, but for no word that resembles them less.
    ///   - remedies: what to write instead of words that a command does not take. They come before what a word means or
    ///     resembles.
    public init(
        _ meanings: [Meaning] = [],
        options: [String: String] = [:],
        destructive: Set<String> = [],
        remedies: [Remedy] = []
    ) {
        self.meanings = meanings
        self.options = options
        self.destructive = destructive
        self.remedies = remedies
    }

    /// Returns what the first remedy for a word that a command does not take says to write; nothing if there is none.
    ///
    /// - Parameter value: the value of an option, or the word behind another word.
    func remedies(for word: String, value: String?, at path: CommandPath<some Any>) -> [String] {
        let line = remedies.lazy.compactMap { $0.line(for: word, value: value, at: path) }.first
        return line.map { [$0] } ?? []
    }

    /// Returns which of the verbs with given names a word means.
    func verbs(meantBy word: MeantWord, among names: [String]) -> [String] {
        meanings.filter { word.means(oneOf: $0.words + $0.verbs.prefix(1)) }.compactMap { meaning in
            meaning.verbs.first(where: names.contains)
        }
    }

    /// Returns the words for what a verb does best.
    func words(for verb: String) -> [String] { meanings.filter { $0.verbs.first == verb }.flatMap(\.words) }

    /// Returns the words for an option.
    func words(forOption name: String) -> [String] { options[name]?.split(separator: " ").map(String.init) ?? [] }

    /// Returns whether a verb may be suggested for a word only because it resembles one of the verb's names.
    ///
    /// - Parameter name: the verb's own name or another word for it.
    func allows(_ verb: String, for word: String, resembling name: String) -> Bool {
        if !destructive.contains(verb) { return true }
        let isBeginning = name == verb && word.utf8.count > 2 && name.hasPrefix(word.lowercased())
        return isBeginning || (name.utf8.count > 4 && editDistance(word, name) <= 1)
    }
}
