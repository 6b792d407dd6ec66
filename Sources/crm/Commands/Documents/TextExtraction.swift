import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// Extracts the text of PDF files with another program: the configured command, otherwise pdftotext.
final class TextExtraction {
    private let session: Session
    private var process: FilterProcess?
    private var isKnown = false
    private var hasTold = false

    /// The greatest number of bytes of text that are stored.
    private static let most = 1 << 20
    /// The greatest time for one file, in seconds, during which nobody else can write to the database.
    private static let patience = 20

    init(_ session: Session) { self.session = session }

    /// Returns the text of a file; `nil` if there is none.
    ///
    /// A file from which the program extracts nothing is still stored, with a notice.
    func extract(_ type: MediaType, _ name: String?, _ reader: ContentReader) throws -> [UInt8]? {
        // A file without the mark in its first KiB is not a PDF, whatever its type.
        guard type == .pdf, try Self.hasMark(reader.bytes(atMost: 1024)) else { return nil }
        guard let process = try pdfProcess() else {
            if !hasTold {
                hasTold = true
                try session.note(
                    Text(
                        en:
                            "the text of PDF cannot be searched: pdftotext is not found, and pdf.text is not configured",
                        es:
                            "no se puede buscar en el texto de PDF: no se encuentra pdftotext ni está configurado pdf.text"
                    )
                )
            }
            return nil
        }
        var text: [UInt8] = []
        let deadline = ContinuousClock.now + .milliseconds(Self.patience * 1000)
        do {
            try process.run(
                writing: { sink in try reader.forEachPiece { try sink.append($0) } },
                waiting: { session.interruption.isReady($0, until: deadline) }
            ) { piece in
                if text.count < Self.most { text += piece.prefix(Self.most - text.count) }
            }
        } catch let error as CRMError {
            try session.interruption.check()
            let reason = error.code == .interrupted ? Self.tooSlow(process).message : error.message
            let file = name.map { "\($0): " } ?? ""
            try session.note(
                Text(
                    en: "\(file)stored without its text: \(reason.en)",
                    es: "\(file)se guarda sin su texto: \(reason.es)"
                )
            )
            return nil
        }
        return text
    }

    private static func hasMark(_ bytes: [UInt8]) -> Bool {
        // This runs for each message with a file, and firstRange would take as long as all other work on the file.
        bytes.indices.contains { bytes[$0] == UInt8(ascii: "%") && bytes[$0...].starts(with: "%PDF-".utf8) }
    }

    private static func tooSlow(_ process: FilterProcess) -> CRMError {
        CRMError(
            .failed,
            Text(
                en: "\(process.calling): it took longer than \(patience) s",
                es: "\(process.calling): tardó más de \(patience) s"
            )
        )
    }

    private func pdfProcess() throws -> FilterProcess? {
        if isKnown { return process }
        let environment = session.environment
        let configured = try UserConfiguration(environment: environment).value(of: .pdfText)
        process = KnownProgram.filter(configured, among: KnownProgram.readingPDF, in: environment)?.process
        isKnown = true
        return process
    }
}
