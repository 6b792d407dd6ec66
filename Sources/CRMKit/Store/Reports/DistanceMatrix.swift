import Localization

/// The distances in a table: a line of headers, then lines `from,to,km`.
struct DistanceMatrix {
    /// A way between two places: ids of addresses, `start` and `end`.
    struct Leg: Hashable {
        let from: String
        let to: String
    }

    /// The length of a way, with the line that says it.
    private struct Distance {
        let meters: Double
        let line: Int
    }

    /// The columns of the table.
    static let columns = [
        Field("from", .text, label: Text(en: "From", es: "Desde")),
        Field("to", .text, label: Text(en: "To", es: "Hasta")),
        Field("km", .decimal(digits: 3), label: Text(en: "Kilometers", es: "Kilómetros")),
    ]

    private var distances: [Leg: Distance] = [:]

    /// Reads a table with commas between its cells and points before decimals.
    ///
    /// - Throws: ``CRMError`` `usage` for a line that means nothing, and for two lines that contradict each other.
    init(_ text: String) throws(CRMError) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let (leg, meters) = try Self.read(line, at: index + 1)
            if let earlier = distances[leg], earlier.meters != meters {
                throw Self.contradiction(of: leg, on: (earlier.line, index + 1))
            }
            distances[leg] = distances[leg] ?? Distance(meters: meters, line: index + 1)
        }
    }

    /// Returns the meters of a way; `nil` if the table does not say them.
    subscript(leg: Leg) -> Double? { distances[leg]?.meters }

    private static func read(_ line: Substring, at number: Int) throws(CRMError) -> (Leg, Double) {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
        if cells.count == 3, let kilometers = Double(cells[2]), kilometers < 0 {
            throw failure(
                line: number,
                Text(
                    en: "a distance is never below zero, found '\(cells[2])'",
                    es: "una distancia nunca es menor que cero y se encontró '\(cells[2])'"
                )
            )
        }
        guard cells.count == 3, let kilometers = Double(cells[2]), kilometers < 1e6 else {
            throw failure(
                line: number,
                Text(
                    en: "expected from,to,km, found '\(line)'",
                    es: "se esperaba from,to,km y se encontró '\(line)'"
                )
            )
        }
        return (Leg(from: try place(cells[0], at: number), to: try place(cells[1], at: number)), kilometers * 1000)
    }

    /// Returns the name of a place as ways have it.
    private static func place(_ text: String, at line: Int) throws(CRMError) -> String {
        if let id = Int64(text), id > 0 { return "\(id)" }
        let word = text.lowercased()
        guard ["start", "end"].contains(word) else {
            throw failure(
                line: line,
                Text(
                    en: "'\(text)' is neither the id of an address nor start or end",
                    es: "'\(text)' no es el id de una dirección, ni start ni end"
                )
            )
        }
        return word
    }

    private static func contradiction(of leg: Leg, on lines: (Int, Int)) -> CRMError {
        CRMError(
            .usage,
            Text(
                en: "--matrix, lines \(lines.0) and \(lines.1): two distances from \(leg.from) to \(leg.to)",
                es: "--matrix, líneas \(lines.0) y \(lines.1): dos distancias de \(leg.from) a \(leg.to)"
            )
        )
    }

    private static func failure(line: Int, _ reason: Text) -> CRMError {
        CRMError(
            .usage,
            Text(en: "--matrix, line \(line): \(reason.en)", es: "--matrix, línea \(line): \(reason.es)")
        )
    }
}
