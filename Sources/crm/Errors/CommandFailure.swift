import CRMKit
import Formats
import Localization

/// The failure of a command that has already reported everything and ends with a status.
struct CommandFailure: Error {
    let status: Int32
}

/// The error that a change was committed, but its result could not be written.
struct SavedButUnwritten: Error {
    /// The ids of the saved records, if these could not be printed.
    let ids: [Int64]
    let cause: WriteError

    /// Runs a body that prints the result of a committed change. If it fails, the error says that the change is saved.
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

/// The error that a file of rejected rows cannot be written.
struct UnwrittenRejects: Error {
    let path: String
    let cause: WriteError

    var worded: CRMError {
        let reason = cause.reason
        return CRMError(.inputOutput, Text(en: "\(path): \(reason.en)", es: "\(path): \(reason.es)"))
    }

    /// The error after everything was taken back.
    var unsaved: CRMError {
        let reason = cause.reason
        return CRMError(
            .inputOutput,
            Text(en: "\(path): \(reason.en); nothing was saved", es: "\(path): \(reason.es); no se guardó nada")
        )
    }
}

/// The error that the reader of a changing command's output has gone away. It still reports what was saved.
struct ReaderGone: Error {
    /// The second part of the message, after the semicolon: what was saved and what was not.
    private let outcome: Text

    private init(_ outcome: Text) { self.outcome = outcome }

    /// - Parameter ids: the ids of the saved records, if these could not be printed.
    init(saved ids: [Int64]) {
        let list = ids.prefix(Self.mostNamed).map(String.init).joined(separator: ", ")
        let more = ids.count > Self.mostNamed ? ", …" : ""
        self.init(
            ids.isEmpty
                ? Text(en: "what it was to tell is saved", es: "lo que iba a mostrar está guardado")
                : Text(en: "saved as \(list)\(more)", es: "guardado como \(list)\(more)")
        )
    }

    /// - Parameter changeSet: the last saved change set.
    init(savedTo changeSet: Int64) {
        self.init(
            Text(
                en: "saved before that: change set \(changeSet)",
                es: "guardado antes: conjunto de cambios \(changeSet)"
            )
        )
    }

    /// - Parameter line: the line whose result could not be written, in a batch whose lines are committed one by one.
    init(afterLine line: Int) {
        self.init(
            Text(
                en: "stopped after line \(line), what was done stands",
                es: "detenido después de la línea \(line), lo hecho queda"
            )
        )
    }

    /// The error if everything was rolled back.
    static let unsaved = ReaderGone(Text(en: "nothing was saved", es: "no se guardó nada"))

    /// The greatest number of ids in a message.
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
