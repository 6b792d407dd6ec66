import Formats
import Localization

extension CharacterSetDoubt {
    /// Returns the notice that a piece of a message was not decoded by the charset that it names.
    ///
    /// - Parameter piece: the words for the piece, which fit both at the end of a sentence and at its beginning: `the
    ///   text of a message`.
    func notice(of piece: Text) -> Text {
        switch self {
        case .unknown(let label):
            Text(
                en: "the charset \(label) is not known: \(piece.en) was read as windows-1252",
                es: "no se conoce el juego de caracteres \(label): \(piece.es) se leyó como windows-1252"
            )
        case .replaced(let label, let name):
            Text(
                en: "\(piece.en) is not in \(label), as it says: it was read as \(name)",
                es: "\(piece.es) no está en \(label), como dice: se leyó como \(name)"
            )
        case .faulty(let label):
            Text(
                en: "\(piece.en) is not all in \(label), as it says: what is not stands as \u{FFFD}",
                es: "\(piece.es) no está por completo en \(label), como dice: lo que no, figura como \u{FFFD}"
            )
        }
    }
}

extension MessageText {
    /// The words for the text in notices.
    static let words = Text(en: "the text of a message", es: "el texto de un mensaje")
}

extension MessageEnvelope {
    /// The words for a header in notices.
    static let words = Text(en: "a header of a message", es: "una cabecera de un mensaje")
}
