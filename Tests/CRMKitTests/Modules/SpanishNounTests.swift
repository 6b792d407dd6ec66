import Localization
import Testing

@testable import CRMKit

@Suite("Spanish nouns")
struct SpanishNounTests {
    @Test("have the words before them that their gender asks for")
    func words() {
        let (client, policy) = (Module.organization.spanish, Module.contract.spanish)
        #expect(client.the == "el cliente" && policy.the == "la póliza")
        #expect(client.ofThe == "del cliente" && policy.ofThe == "de la póliza")
        #expect(client.toThe == "al cliente" && policy.toThe == "a la póliza")
        #expect(client.a == "un cliente" && policy.a == "una póliza")
        #expect(client.no == "ningún cliente" && policy.no == "ninguna póliza")
        #expect(client.theSeveral == "los clientes" && policy.theSeveral == "las pólizas")
        #expect(client.oneOfThem == "uno de los clientes" && policy.oneOfThem == "una de las pólizas")
        #expect(client.counted(1) == "1 cliente" && policy.counted(2) == "2 pólizas")
    }

    /// Nouns in -ón and -ad are feminine, nearly all in -a too; what ends otherwise is masculine here.
    @Test("have the gender that their ending has in every definition", arguments: Registry.standard.names)
    func genders(name: ModuleName) {
        let noun = Registry.standard[name].spanish
        let isFeminine = ["a", "ón", "ad"].contains { noun.one.hasSuffix($0) }
        #expect(noun.gender == (isFeminine ? .feminine : .masculine), "\(noun.the)")
        #expect(noun.one != noun.several)
    }

    @Test("name a record with its article, and in lists without")
    func records() {
        #expect(Module.organization.called(5).es == "el cliente 5")
        #expect(Module.contract.called(3).es == "la póliza 3")
        #expect(Module.contract.ofCalled(3).es == "de la póliza 3")
        #expect(Module.event.numbered(3).es == "evento 3")
    }
}
