import Glibc
import Testing

@testable import crm

/// Signals that come while what is saved already is brought to its end.
@Suite struct FinishingTests {
    @Test("They wait until it is done, and count for what follows")
    func waiting() {
        let interruption = Interruption()
        interruption.hold()
        raise(SIGTERM)
        #expect(interruption.isRequested)
        interruption.finishing {
            #expect(!interruption.isRequested)
            // A write, or a file that is made, holds them for itself.
            interruption.hold()
            #expect(!interruption.isRequested)
            #expect(throws: Never.self) { try interruption.check() }
        }
        #expect(!interruption.isRequested)
        interruption.hold()
        #expect(interruption.isRequested)
        var waiting = sigset_t()
        var signal: Int32 = 0
        sigemptyset(&waiting)
        sigaddset(&waiting, SIGTERM)
        sigwait(&waiting, &signal)
        interruption.release()
    }
}
