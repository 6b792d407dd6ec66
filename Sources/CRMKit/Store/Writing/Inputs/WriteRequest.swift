/// The circumstances of a write: who makes it, by which command, and with which options.
public struct WriteRequest: Sendable {
    /// The person or job, as history shows it.
    public let who: String
    /// The command line, as history shows it.
    public let command: String
    /// The user insists where a rule would refuse.
    public let isForced: Bool
    /// Do everything, then take it back.
    public let isDryRun: Bool
    /// Refuse what would give a record a value by which others are named already.
    public let refusesDuplicates: Bool
    /// The change set that the write continues, provided that it is still the last one: for a command that saves in
    /// several transactions.
    public var continues: Int64?

    /// The most bytes of a command line that history keeps.
    static let longestCommand = 4096

    /// Describes a write. Only the beginning of a command line longer than 4 KiB is kept.
    public init(
        who: String,
        command: String,
        isForced: Bool = false,
        isDryRun: Bool = false,
        refusesDuplicates: Bool = false
    ) {
        self.who = who
        self.command = Self.shortened(command)
        self.isForced = isForced
        self.isDryRun = isDryRun
        self.refusesDuplicates = refusesDuplicates
    }

    /// The same request, but rolled back at its end.
    public var trial: WriteRequest {
        WriteRequest(
            who: who,
            command: command,
            isForced: isForced,
            isDryRun: true,
            refusesDuplicates: refusesDuplicates
        )
    }

    private static func shortened(_ command: String) -> String {
        let mark = "…"
        guard command.utf8.count > longestCommand else { return command }
        var kept = command.utf8.prefix(longestCommand - mark.utf8.count)
        // Not within a character's bytes.
        while let last = kept.last, last & 0x80 != 0, String(kept) == nil { kept = kept.dropLast() }
        return (String(kept) ?? "") + mark
    }
}
