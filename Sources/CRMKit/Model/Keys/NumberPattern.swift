import Formats

/// A pattern for numbers of documents: text, parts of the date and one counter, as in `COT-{year}-{n:4}`, which gives
/// `COT-2026-0007`.
public struct NumberPattern: Sendable, Hashable {
    /// A piece of the pattern other than the counter.
    enum Piece: Sendable, Hashable {
        /// These characters.
        case text(String)
        /// The year in four digits.
        case year
        /// The last two digits of the year.
        case shortYear
        /// The month in two digits.
        case month
        /// The day of the month in two digits.
        case day
    }

    /// The pieces before the counter.
    let before: [Piece]
    /// The minimum number of digits of the counter, padded with zeros.
    let width: Int
    /// The pieces after the counter.
    let after: [Piece]

    /// A word, the year and a counter that begins with each year: `COT-2026-0007`.
    public static func yearly(_ word: String) -> NumberPattern {
        NumberPattern(before: [.text("\(word)-"), .year, .text("-")], width: 4, after: [])
    }

    /// Returns the fixed parts that the numbers of one day share. Each frame has its own counter, so that the count
    /// starts again when a part of the date changes.
    ///
    /// - Parameter today: the day, `YYYY-MM-DD`.
    func frame(on today: String) -> NumberFrame {
        NumberFrame(
            before: before.map { $0.text(on: today) }.joined(),
            width: width,
            after: after.map { $0.text(on: today) }.joined()
        )
    }
}

extension NumberPattern.Piece {
    fileprivate func text(on today: String) -> String {
        let parts = today.split(separator: "-")
        guard parts.count == 3 else { return "" }
        return switch self {
        case .text(let text): text
        case .year: String(parts[0])
        case .shortYear: String(parts[0].suffix(2))
        case .month: String(parts[1])
        case .day: String(parts[2])
        }
    }
}

/// The numbers of a pattern on one day: the texts around the counter.
struct NumberFrame: Sendable, Hashable {
    /// The text before the counter.
    let before: String
    /// The fewest digits of the counter.
    let width: Int
    /// The text after the counter.
    let after: String

    /// The most digits of a counter; a longer number was not given by the pattern.
    static let mostDigits = 15

    /// The number of a count.
    func number(_ count: Int64) -> String {
        before + count.digits(atLeast: width) + after
    }

    /// Returns the counter contained in a number.
    ///
    /// - Returns: `nil` when the text is not one of these numbers.
    func count(of number: String) -> Int64? {
        let (text, before, after) = (number.utf8, before.utf8, after.utf8)
        guard text.count > before.count + after.count, text.starts(with: before),
            text.suffix(after.count).elementsEqual(after)
        else { return nil }
        let digits = text.dropFirst(before.count).dropLast(after.count)
        guard digits.count <= Self.mostDigits, digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
}
