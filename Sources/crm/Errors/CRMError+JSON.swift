import CRMKit
import Formats
import Localization

extension CRMError {
    /// Returns the members of the object that reports the error to programs.
    func members(callingProgram program: String, in language: Language) -> [JSONMember] {
        let problems = problems.map { problem in
            JSONValue.object([
                JSONMember("field", .string(problem.field)), JSONMember("value", .text(problem.value?.abridged)),
                JSONMember(
                    "message",
                    .string(problem.reasonInOptions(in: language).calling(program: program).withAbridgedWords)
                ),
            ])
        }
        return [
            JSONMember("code", .string(code.rawValue)),
            JSONMember("message", .string(message(in: language).calling(program: program).withAbridgedWords)),
            JSONMember("module", .text(module?.rawValue)), JSONMember("ref", .text(reference?.abridged)),
            JSONMember("row", .null), JSONMember("column", .null),
            JSONMember("hint", .text(hint.map { $0.calling(program: program)(in: language).withAbridgedWords })),
            JSONMember("problems", .array(problems)),
            JSONMember("details", .array(details.map { .string($0(in: language).withAbridgedWords) })),
        ]
    }
}
