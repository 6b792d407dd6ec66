import Formats

/// The words of folded names, by which names are compared.
struct NameWords {
    /// How names are split into words.
    enum Kind {
        /// `j.c. perez`: a full stop ends a word.
        case person
        /// `acme, s.a.`: a full stop is ignored, words of legal forms are left out, and a number ends where letters
        /// begin: `2m` is `2 m`.
        case title
    }

    /// A word.
    struct Word: Equatable {
        let bytes: [UInt8]
        let hash: UInt64

        init(_ bytes: some Sequence<UInt8>) {
            self.bytes = Array(bytes)
            hash = NameWords.hash(self.bytes)
        }

        /// Whether the word is a single letter, which may abbreviate a word that begins with it.
        var isInitial: Bool { bytes.count == 1 }
        var hasDigit: Bool { bytes.contains(where: \.isDigit) }
    }

    private let kind: Kind
    /// The hashes of words that are left out: particles, titles of people and legal forms.
    private let empty: Set<UInt64>
    /// The words that abbreviations stand for, by the hashes of the abbreviations.
    private let whole: [UInt64: Word]
    private var scratch: [UInt8] = []

    init(_ kind: Kind) {
        self.kind = kind
        whole = NameAbbreviations.words(of: kind)
        let words = Self.particles + (kind == .person ? Self.titles : Self.legalForms)
        empty = Set(words.map { Self.hash(Array($0.utf8)) })
    }

    private static let particles = [
        "de", "del", "la", "las", "los", "el", "y", "e", "da", "das", "do", "dos", "von", "van", "der", "den", "the",
        "and",
    ]
    /// Titles that are typed in front of names.
    private static let titles = [
        "sr", "sra", "srta", "lic", "ing", "arq", "dr", "dra", "mtro", "mtra", "prof", "profa", "profra", "mr", "mrs",
        "ms",
    ]
    private static let legalForms = [
        "sa", "cv", "sl", "slu", "sau", "srl", "rl", "sc", "ac", "sab", "sapi", "sas", "spr", "inc", "ltd", "llc",
        "llp",
        "gmbh", "ag", "bv", "nv", "co", "corp", "cia", "compania", "company", "corporation", "limited", "plc", "s",
    ]

    /// Calls a body with the hash and the bytes of each word that counts; for an abbreviation, with those of the whole
    /// word.
    mutating func forEach(in text: UnsafeRawBufferPointer, _ body: (UInt64, [UInt8]) -> Void) {
        scratch.removeAll(keepingCapacity: true)
        for byte in text {
            if Self.isPart(byte) {
                if kind == .title, let last = scratch.last, last.isDigit != byte.isDigit { end(body) }
                scratch.append(byte)
            } else if kind == .person || byte != UInt8(ascii: ".") {
                end(body)
            }
        }
        end(body)
    }

    private mutating func end(_ body: (UInt64, [UInt8]) -> Void) {
        guard !scratch.isEmpty else { return }
        let hash = Self.hash(scratch)
        if let word = scratch.count <= NameAbbreviations.longest ? whole[hash] : nil {
            body(word.hash, word.bytes)
        } else if !empty.contains(hash) {
            body(hash, scratch)
        }
        scratch.removeAll(keepingCapacity: true)
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte) || byte.isDigit
    }

    /// Returns the hash of a word.
    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = UInt64.hashOfNothing
        for byte in bytes { hash = hash.hashed(with: byte) }
        return hash
    }

    /// Combines two hashes into one, depending on their order.
    static func combine(_ one: UInt64, _ other: UInt64) -> UInt64 { (one &* 0x9E37_79B9_7F4A_7C15 &+ other).mixed }
}

/// Abbreviations of names in Mexico and Spain, folded.
enum NameAbbreviations {
    /// The length of the longest abbreviation in bytes.
    static let longest = 5

    private static let people = """
        ma maria, fco francisco, fca francisca, gpe guadalupe, gmo guillermo, fdo fernando, fda fernanda, edo eduardo, \
        rdo ricardo, hdez hernandez, hdz hernandez, hndez hernandez, fdez fernandez, fdz fernandez, glez gonzalez, \
        glz gonzalez, gzlez gonzalez, gonz gonzalez, rdz rodriguez, rdguz rodriguez, rguez rodriguez, rgz rodriguez, \
        mtz martinez, mtnez martinez, mtez martinez, mnez martinez, dguez dominguez, dgz dominguez, lpz lopez, prz perez, \
        schez sanchez, snchz sanchez, rmz ramirez, gtz gutierrez, gtez gutierrez, vzqz vazquez, vqz vazquez, jmz jimenez, \
        jmnez jimenez, alvz alvarez, mdz mendez, mdez mendez, pte puente, sta santa, sto santo
        """
    private static let titles = """
        hdez hernandez, hdz hernandez, fdez fernandez, glez gonzalez, rdz rodriguez, mtz martinez, gtz gutierrez, \
        fco francisco, gpe guadalupe, sta santa, sto santo, nte norte, ote oriente, pte poniente, hnos hermanos, \
        gral general, univ universidad, hosp hospital, ind industrias, mex mexico
        """

    /// Returns the words that abbreviations in names of a kind stand for, by their hashes.
    static func words(of kind: NameWords.Kind) -> [UInt64: NameWords.Word] {
        var words: [UInt64: NameWords.Word] = [:]
        for pair in (kind == .person ? people : titles).split(separator: ",") {
            let both = pair.split { $0.isWhitespace }
            guard both.count == 2 else { continue }
            words[NameWords.hash(both[0].utf8)] = NameWords.Word(both[1].utf8)
        }
        return words
    }
}

/// The frequencies of words in the names of all records, in a table of counts that hashes share. A rare word similar to
/// a frequent one is a typing error; two frequent ones are different names.
struct WordFrequencies {
    private static let bits = 20
    private var counts = [UInt32](repeating: 0, count: 1 << Self.bits)

    /// Returns the index of a hash in the table. Hashes of words that differ only in their last letters differ only in
    /// their lower bits. They are mixed first, since otherwise a misspelling would be counted as the word itself.
    private static func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: NameWords.combine(hash, 0) >> UInt64(64 - bits))
    }

    mutating func add(_ hash: UInt64) { counts[Self.place(hash)] &+= 1 }

    func count(_ hash: UInt64) -> UInt32 { counts[Self.place(hash)] }
}
