import CRMKit
import Formats
import Localization

/// A command that has said all there is to say and ends with a status.
struct CommandFailure: Error {
    let status: Int32
}

/// A change that was committed, though its result could not be written.
struct SavedButUnwritten: Error {
    /// The records that were saved, where it is they that could not be printed.
    let ids: [Int64]
    let cause: WriteError

    /// Runs a body that prints what came of a committed change; where that fails, the error says that the change stands.
    static func reporting(_ ids: [Int64] = [], _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as WriteError {
            throw SavedButUnwritten(ids: ids, cause: error)
        }
    }

    var worded: CRMError {
        let list = ids.map(String.init).joined(separator: ", ")
        let reason = cause.reason
        return CRMError(
            .inputOutput,
            Text(
                en: "saved\(list.isEmpty ? "" : " as \(list)"), but could not write: \(reason.en)",
                es: "guardado\(list.isEmpty ? "" : " como \(list)"), pero no se pudo escribir: \(reason.es)"
            )
        )
    }
}
