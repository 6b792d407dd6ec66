import Foundation
import Testing

/// The torture in its small form; `make torture` is the large one.
@Suite("A little torture", .serialized)
struct TortureTests {
    @Test(
        "loses nothing and half does nothing",
        arguments: [
            "kills", "restorations", "rotations", "journals", "upgrades", "concurrency", "histories", "damage",
            "powerloss",
        ]
    )
    func little(_ part: String) throws {
        let crm = try CRM(.nothing)
        let result = try crm.shell(
            "python3 -B '\(Checkout.folder)/Tests/Torture/run' --crm '\(crm.program)' --rounds 10 \(part)"
        )
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
}
