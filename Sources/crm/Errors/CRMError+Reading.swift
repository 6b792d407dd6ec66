import CRMKit
import Formats
import Localization

extension CRMError {
    /// Runs a body that reads a source, and names that where it cannot be read.
    static func reading<Result>(_ source: Text, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ReadError {
            throw CRMError(unreadable: error, source: source)
        }
    }
}

extension Text {
    /// The words for standard input in messages.
    static let standardInput = Text(en: "standard input", es: "la entrada estándar")
}
