import Formats
import Localization

/// A quantity of one row of a part: `2=1.5` means 1.5 of the second row.
public struct RowQuantity: Sendable, Hashable {
    /// The position of the row among those of its record, from 1.
    public let position: Int64
    /// The quantity as stored, with six digits after the point: negative when something is taken back, and never zero.
    public let quantity: Int64

    /// Digits after the point of a quantity.
    private static let digits = 6

    init(position: Int64, quantity: Int64) {
        self.position = position
        self.quantity = quantity
    }

    /// Reads `2=1.5`.
    ///
    /// - Throws: ``ValueError`` for a malformed position or number, and for zero.
    init(parsing text: String) throws(ValueError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map { String($0).trimmed }
        guard parts.count == 2, let position = Int64(parts[0]),
            parts[0].isASCIIDigits,
            position > 0
        else {
            throw ValueError(
                en: "write the position of a line and how much of it, as in 2=1.5",
                es: "escribir la posición de una línea y cuánto de ella, como en 2=1.5"
            )
        }
        let quantity = try ScaledDecimal(parsing: parts[1], scale: Self.digits).units
        guard quantity != 0 else {
            throw ValueError(
                en: "the quantity of line \(position) cannot be zero",
                es: "la cantidad de la línea \(position) no puede ser cero"
            )
        }
        self.position = position
        self.quantity = quantity
    }

    /// The text as it is typed: `2=1.5`.
    var text: String { "\(position)=\(ScaledDecimal(units: quantity, scale: Self.digits).text())" }
}
