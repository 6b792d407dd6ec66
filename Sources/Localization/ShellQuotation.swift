extension String {
    /// The text as a word that a shell reads back unchanged (POSIX.1-2024, Shell Command Language, 2.2), for advice that
    /// can be pasted: within quotes only where it needs them.
    public var quotedForShell: String { isPlainForShell ? self : inShellQuotes }

    /// The text within the quotes of a shell, in which nothing but the quote itself has a meaning.
    public var inShellQuotes: String {
        "'\(split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
    }

    /// Whether no shell sees more in the text than a word. The placeholder of the program's name stands for one.
    private var isPlainForShell: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                    true
                default: "-_=./:,@+%".utf8.contains(byte)
                }
            }
    }
}
