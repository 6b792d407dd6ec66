import CRMKit
import Formats
import Localization

extension Erasure {
    /// The maximum number of places that are listed.
    private static let mostListed = 20

    /// Returns the lines about the texts of others that contain a name; none if there are none.
    ///
    /// - Parameter withPlaces: whether to list where the texts are.
    func textLines(withPlaces: Bool) -> [Text] {
        guard struckOut > 0 else { return [] }
        let isOne = struckOut == 1
        let head = Text(
            en: "\(struckOut) other \(isOne ? "text" : "texts") with a name in \(isOne ? "it" : "them")",
            es: "\(struckOut) \(isOne ? "texto más" : "textos más") con algún nombre"
        )
        let listed = struckPlaces.prefix(Self.mostListed)
        guard withPlaces, !listed.isEmpty else { return [head] }
        let more = struckOut - listed.count
        let rest = more > 0 ? [Text(en: "  and \(more) more", es: "  y \(more) más")] : []
        let lines = listed.map(\.words).map { Text(en: "  \($0.en)", es: "  \($0.es)") }
        return [Text(en: "\(head.en):", es: "\(head.es):")] + lines + rest
    }
}

extension StruckPlace {
    /// The place in words: `comment 3: Body`.
    fileprivate var words: Text {
        let record = module.map { module in id.map { module.called($0) } ?? module.label } ?? Text("")
        switch kind {
        case .text:
            let labels = [part?.label, field?.label].compactMap { $0 }
            let label = Text(
                en: labels.map(\.en).joined(separator: ", "),
                es: labels.map(\.es).joined(separator: ", ")
            )
            return Text(en: "\(record.en): \(label.en)", es: "\(record.es): \(label.es)")
        case .message:
            return Text(en: "\(record.en): the message as it came", es: "\(record.es): el mensaje original")
        case .history:
            return Text(en: "\(record.en): what history keeps", es: "\(record.es): lo que guarda el historial")
        case .command:
            let changeSet = id.map { " \($0)" } ?? ""
            return Text(
                en: "the command of change set\(changeSet)",
                es: "el comando del conjunto de cambios\(changeSet)"
            )
        case .file:
            return Text(en: "the text of a file, as it is searched", es: "el texto de un archivo, como se busca")
        }
    }

    /// The place in JSON.
    var json: JSONValue {
        .object([
            JSONMember("kind", .string(kind.rawValue)), JSONMember("module", .text(module?.name.rawValue)),
            JSONMember("id", id.map(JSONValue.integer) ?? .null), JSONMember("part", .text(part?.name)),
            JSONMember("field", .text(field?.key)),
        ])
    }

    /// The schema of ``json``.
    static var schema: JSONSchema {
        .object([
            ("kind", .one(of: Kind.allCases.map(\.rawValue))), ("module", .string.orNull), ("id", .identifier.orNull),
            ("part", .string.orNull), ("field", .string.orNull),
        ])
    }
}
