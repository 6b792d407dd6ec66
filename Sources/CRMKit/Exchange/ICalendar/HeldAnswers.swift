import Formats

/// The components of replies and cancellations that are held back until all events are read that they may concern.
struct HeldAnswers {
    /// A component with its calendar.
    struct Answer {
        let piece: HeldComponents.Piece
        let calendar: EnclosingCalendar
        let file: NamedSource?
        /// The number of components in the files before its own.
        let earlier: Int
    }

    private var answers: ArraySlice<Answer> = []
    private var byteCount = 0

    /// The maximum number of bytes held back; beyond it, answers are taken where they stand.
    private static let mostBytes = 16 * 1024 * 1024

    var isEmpty: Bool { answers.isEmpty }

    /// Whether no more are to be held back.
    var isFull: Bool { byteCount > Self.mostBytes }

    mutating func add(_ answer: Answer) {
        answers.append(answer)
        byteCount += answer.piece.bytes.count
    }

    /// Removes and returns the first one; `nil` if there is none.
    mutating func next() -> Answer? { answers.popFirst() }
}
