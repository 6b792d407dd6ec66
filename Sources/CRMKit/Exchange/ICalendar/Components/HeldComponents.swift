import Formats

/// The components of a calendar that are held back until others of it are read, those of one series together.
struct HeldComponents {
    /// A component, as far as it is needed to read it again.
    struct Piece {
        let number: Int
        let line: Int
        let bytes: [UInt8]
        /// The encoding of its file.
        let encoding: TextEncoding
    }

    /// The components of one series: the series itself and its changed occurrences.
    struct Group {
        var series: Piece?
        var occurrences: [Piece] = []
        var first: Piece? { series ?? occurrences.first }
    }

    /// The groups, by `UID`, and their order of arrival.
    private var groups: [String: Group] = [:]
    private var order: [String] = []
    private var byteCount = 0

    /// The maximum number of bytes held back; beyond it, occurrences are imported on their own.
    private static let mostBytes = 16 * 1024 * 1024

    var isEmpty: Bool { order.isEmpty }

    /// Whether no more are to be held back.
    var isFull: Bool { byteCount > Self.mostBytes }

    /// Holds back a component.
    mutating func add(_ piece: Piece, _ component: CalendarComponent) {
        let isOccurrence = component.first("RECURRENCE-ID") != nil
        var key = component.first("UID")?.text.trimmed ?? ""
        // A component without a UID, and a second series with the same one, form groups of their own.
        if key.isEmpty || !isOccurrence && groups[key]?.series != nil { key += "\n\(piece.number)" }
        if groups[key] == nil { order.append(key) }
        if isOccurrence {
            groups[key, default: Group()].occurrences.append(piece)
        } else {
            groups[key, default: Group()].series = piece
        }
        byteCount += piece.bytes.count
    }

    /// Removes and returns all groups in their order. Occurrences without their series become groups of their own.
    mutating func release() -> [Group] {
        defer { self = HeldComponents() }
        return order.compactMap { groups[$0] }.flatMap { group in
            group.series != nil ? [group] : group.occurrences.map { Group(occurrences: [$0]) }
        }
    }
}
