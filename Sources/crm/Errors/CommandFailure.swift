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
        if cause.isBrokenPipe { return ReaderGone(saved: ids).worded }
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

/// Whoever read the output of a command that changes something went away; how far the change came is told all the same.
struct ReaderGone: Error {
    /// What is saved and what is not, behind the semicolon of the message.
    private let outcome: Text

    private init(_ outcome: Text) { self.outcome = outcome }

    /// - Parameter ids: the records that were saved, where it is they that could not be printed.
    init(saved ids: [Int64]) {
        let list = ids.prefix(Self.mostNamed).map(String.init).joined(separator: ", ")
        let more = ids.count > Self.mostNamed ? ", …" : ""
        self.init(
            ids.isEmpty
                ? Text(en: "what it was to tell is saved", es: "lo que iba a mostrar está guardado")
                : Text(en: "saved as \(list)\(more)", es: "guardado como \(list)\(more)")
        )
    }

    /// - Parameter changeSet: the last that was saved.
    init(savedTo changeSet: Int64) {
        self.init(
            Text(
                en: "saved before that: change set \(changeSet)",
                es: "guardado antes: conjunto de cambios \(changeSet)"
            )
        )
    }

    /// - Parameter line: of a batch each of whose lines stands by itself, the one whose result could not be written.
    init(afterLine line: Int) {
        self.init(
            Text(
                en: "stopped after line \(line), what was done stands",
                es: "detenido después de la línea \(line), lo hecho queda"
            )
        )
    }

    /// All was taken back.
    static let unsaved = ReaderGone(Text(en: "nothing was saved", es: "no se guardó nada"))

    /// As many ids as a message has.
    private static let mostNamed = 20

    var worded: CRMError {
        CRMError(
            .inputOutput,
            Text(
                en: "the reader of the output went away; \(outcome.en)",
                es: "quien leía la salida se fue; \(outcome.es)"
            )
        )
    }
}
