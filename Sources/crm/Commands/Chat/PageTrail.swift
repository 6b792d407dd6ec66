import CRMKit

/// The progress of reading a room's messages, page by page from the oldest to the newest, while messages may be deleted
/// and added.
///
/// Added messages come last and move nothing. A deletion moves all later messages closer to the beginning, past the
/// present position, and the server's total does not show it when as many were added. Therefore each page begins with
/// the last message of the page before. When another, later message is there instead, some were missed, and the reading
/// steps back.
struct PageTrail {
    /// The next step after a page.
    enum Step: Equatable {
        /// The page that was foreseen.
        case onwards
        /// Another one.
        case elsewhere
        /// An earlier one: before this page stand messages that were not read, so that it is to be left for later.
        case back
        /// There is no next page: everything has been read.
        case end
        /// There is no next page: the server returns the same messages whatever is requested.
        case circle
    }

    /// The number of messages passed.
    private(set) var offset: Int
    /// The total number of messages, as stated by the server.
    private(set) var total: Int
    /// How many something else tells of, as long as no page does.
    private var expected: Int
    /// The number of messages requested at once.
    private(set) var size = 100
    /// When the latest message that was read was sent, and the keys of those that were sent then.
    private var latest: (sentAt: String, ids: Set<String>)?
    /// The number of messages by which the next page overlaps with the last one; 0 with a server that returns one
    /// message at a time.
    private var overlap = 1
    /// The length of the last step back.
    private var stride = 0
    /// A list that is another one each time is not followed for ever.
    private var stepsBack = 0

    private static let mostStepsBack = 100

    /// A reading that goes on after so many messages; from the beginning where there are none.
    ///
    /// - Parameter expected: how many there are likely to be.
    init(offset: Int, total: Int, expected: Int = 0) {
        (self.offset, self.total, self.expected) = (offset, total, expected)
    }

    /// Returns the offset of the next page, or of one a number of pages later.
    func start(ahead pages: Int = 0) -> Int { max(0, offset - overlap) + pages * (size - overlap) }

    /// The number of pages that are certain to follow, at least one.
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
        // The server gives no more at once than this, or its total does not fit, which the next page shows.
        size = max(2, page.count)
        return .elsewhere
    }

    /// Whether nothing stands between what was read and a page.
    private func follows(_ page: [RocketChat.Place?], _ isKnown: (String) throws -> Bool) rethrows -> Bool {
        guard let first = page.first else { return false }
        guard let first else { return true }
        guard let latest else { return try isKnown(first.id) }
        return first.sentAt < latest.sentAt || latest.ids.contains(first.id)
    }

    /// Keeps the latest messages of a page.
    ///
    /// - Returns: whether any is later than all before.
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
