import CRMKit
import Formats
import Localization

extension CRMError {
    /// The object that tells it to programs.
    func members(callingProgram program: String, in language: Language) -> [JSONMember] {
        let problems = problems.map { problem in
            JSONValue.object([
                JSONMember("field", .string(problem.field)), JSONMember("value", .text(problem.value)),
                JSONMember("message", .string(problem.reason(in: language))),
            ])
        }
        return [
            JSONMember("code", .string(code.rawValue)), JSONMember("message", .string(message(in: language))),
            JSONMember("module", .text(module?.rawValue)), JSONMember("ref", .text(reference)),
            JSONMember("row", .null), JSONMember("column", .null),
            JSONMember("hint", .text(hint.map { $0.calling(program: program)(in: language) })),
            JSONMember("problems", .array(problems)),
            JSONMember("details", .array(details.map { .string($0(in: language)) })),
        ]
    }
}
