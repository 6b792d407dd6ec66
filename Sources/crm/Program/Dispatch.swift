import CLIKit
import CRMKit
import Localization

/// Finds what a command line calls and runs it.
struct Dispatch {
    let session: Session

    /// - Returns: the exit status.
    func run() throws -> Int32 {
        let invocation = session.invocation
        let help = Help(
            of: invocation.path,
            in: session.language,
            width: min(session.outputStyle.lineWidth, 100),
            style: session.outputStyle.style
        )
        if invocation.wantsHelp {
            try session.print(help.text)
            return ExitStatus.done
        }
        if invocation.isSet("version", level: 0) {
            try session.print("\(session.program) \(Version.current)\n")
            return ExitStatus.done
        }
        guard invocation.isComplete else {
            try session.print(help.shortText)
            return ExitStatus.done
        }
        if let problem = session.configurationProblem, !mendsConfiguration { throw problem }
        try called()
        return ExitStatus.done
    }

    /// Whether the command sets what is configured: it looks at the configuration itself.
    private var mendsConfiguration: Bool {
        let names = session.invocation.path.names.dropFirst()
        return names.first == ProgramCommand.config.name && ["set", "unset"].contains(names.last)
    }

    private func called() throws {
        let names = session.invocation.path.names.dropFirst()
        guard let first = names.first else { return }
        if let command = ProgramCommand.all.first(where: { $0.name == first }) { return try command.run(session) }
        guard let module = session.registry.find(ModuleName(rawValue: first)),
            let verb = Verb.all.first(where: { $0.name == names.dropFirst().first })
        else {
            throw CRMError(.usage, Text(en: "there is no command \(first)", es: "no existe el comando \(first)"))
        }
        try verb.run(session, module)
    }
}
