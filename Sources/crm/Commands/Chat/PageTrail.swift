import CRMKit

/// The progress of reading a room's messages, page by page from the oldest to the newest, while messages may be deleted
/// and added.
///
/// Added messages come last and move nothing. A deletion moves all later messages closer to the beginning, past the
/// present position, and the server's total does not show it if as many were added. Therefore each page begins with the
/// last message of the page before. If a later message is there instead, some were missed, and the reading steps back.
struct PageTrail {
    /// The next step after a page.
    enum Step: Equatable {
        /// The expected next page.
        case onwards
        /// A page other than the expected one.
        case elsewhere
        /// An earlier page: messages before this page were missed, so it has to be read again later.
        case back
        /// There is no next page: everything has been read.
        case end
        /// There is no next page: the server returns the same messages whatever is requested.
        case circle
    }

    /// The number of messages read.
    private(set) var offset: Int
    /// The total number of messages, as stated by the server.
    private(set) var total: Int
    /// The expected total number of messages, until a page has been read.
    private var expected: Int
    /// The number of messages requested at once.
    private(set) var size = 100
    /// The time of the latest message read, and the keys of all messages of that time.
    private var latest: (sentAt: String, ids: Set<String>)?
    /// The number of messages by which the next page overlaps with the last one; 0 with a server that returns one
    /// message at a time.
    private var overlap = 1
    /// The length of the last step back.
    private var stride = 0
    /// The number of steps back. It is limited, since a list may change each time.
    private var stepsBack = 0

    private static let mostStepsBack = 100

    /// Creates a reading that continues after `offset` messages; 0 for the beginning.
    ///
    /// - Parameter expected: the likely total number of messages.
    init(offset: Int, total: Int, expected: Int = 0) {
        (self.offset, self.total, self.expected) = (offset, total, expected)
    }

    /// Returns the offset of the next page, or of the page a number of pages after it.
    func start(ahead pages: Int = 0) -> Int { max(0, offset - overlap) + pages * (size - overlap) }

    /// The number of pages that are expected to follow, at least one.
    var pagesLeft: Int { max(1, (max(total, expected) - offset + size - 1) / (size - overlap)) }

    /// Processes a page that begins at ``start(ahead:)``.
    ///
    /// - Parameters:
    ///   - page: the page's messages; `nil` for an element without key or time.
    ///   - now: the total number of messages, if the server states it.
    ///   - isKnown: returns whether a message was read by an earlier command.
    mutating func take(
        _ page: [RocketChat.Place?],
        total now: Int?,
        isKnown: (String) throws -> Bool
    ) rethrows -> Step {
        let start = start()
        total = now ?? total
        expected = 0
        if start > 0, overlap > 0, stepsBack < Self.mostStepsBack, try !follows(page, isKnown) {
            stepsBack += 1
            stride = max(size - 1, 2 * stride)
            offset = max(0, offset - stride)
            return .back
        }
        stride = 0
        let isLater = note(page)
        let passed = offset
        offset = start + page.count
        if page.isEmpty { return .end }
        if offset == passed {
            guard offset < total else { return .end }
            (size, overlap) = (1, 0)
            return .elsewhere
        }
        if !isLater, let now, offset > now { return .circle }
        if page.count == size { return .onwards }
        if offset == total { return .end }
        // The server returns no more at once, or its total is wrong; the next page shows which.
        size = max(2, page.count)
        return .elsewhere
    }

    /// Returns whether no message is missing between those read and a page.
    private func follows(_ page: [RocketChat.Place?], _ isKnown: (String) throws -> Bool) rethrows -> Bool {
        guard let first = page.first else { return false }
        guard let first else { return true }
        guard let latest else { return try isKnown(first.id) }
        return first.sentAt < latest.sentAt || latest.ids.contains(first.id)
    }

    /// Stores the latest messages of a page.
    ///
    /// - Returns: whether any of them is new and not older than all before.
    private mutating func note(_ page: [RocketChat.Place?]) -> Bool {
        var isLater = false
        for case let place? in page {
            if let latest, place.sentAt < latest.sentAt { continue }
            if let latest, place.sentAt == latest.sentAt {
                isLater = self.latest?.ids.insert(place.id).inserted ?? false || isLater
            } else {
                latest = (place.sentAt, [place.id])
                isLater = true
            }
        }
        return isLater
    }
}
