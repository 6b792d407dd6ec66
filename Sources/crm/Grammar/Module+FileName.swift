import CRMKit
import Localization

extension Module {
    /// Returns a name for a file with records of the module, in examples: `contact.csv`, `contactos.csv`.
    func fileName(ending: String) -> Text { Self.fileName(Text(en: name.noun, es: several.es), ending) }

    /// Returns a name for a file with one record of the module, in examples: `quote.pdf`, `cotizacion.pdf`.
    func fileNameOfOne(ending: String) -> Text { Self.fileName(Text(en: name.noun, es: one.es), ending) }

    private static func fileName(_ words: Text, _ ending: String) -> Text {
        let spanish = Fold.fold(words.es).split(separator: " ").joined(separator: "-")
        return Text(en: "\(words.en).\(ending)", es: "\(spanish).\(ending)")
    }
}
