import CRMKit

extension Module {
    /// Words that users may type for the end of a sale, each with the edit that moves a record to that stage.
    var endings: [(words: [String], line: String)] {
        let stages = fields.flatMap { field in field.type.offeredChoices.map { (field: field, choice: $0) } }
        func line(_ percent: Int64, _ word: String) -> String? {
            let stage = stages.first { $0.choice.percent == percent && $0.choice.key.contains(word) }
            guard let stage else { return nil }
            return "edit REF --\(stage.field.key.hyphenated) \(stage.choice.key)"
        }
        let all = [
            (["win", "won", "ganar", "gana", "ganada"], line(100, "won")),
            (["lose", "lost", "perder", "pierde", "perdida"], line(0, "lost")),
        ]
        // What is closed is won or lost.
        return all.compactMap { words, line in line.map { (words + ["cerrar", "close"], $0) } }
    }
}
