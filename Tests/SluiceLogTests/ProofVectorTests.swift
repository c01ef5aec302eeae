import SluiceCore
import Testing

@testable import SluiceLog

@Suite struct ProofVectorTests {
  // The leaves and roots of the test data that Certificate Transparency implementations of RFC 6962
  // share (google/certificate-transparency, merkletree tests).
  private static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test("The roots of RFC 6962's published trees come out")
  func merkle() throws {
    var tree = MerkleTree()
    #expect(Hex.encode(tree.root) == Self.roots[0])
    for (index, leaf) in Self.leaves.enumerated() {
      tree.append(leaf: MerkleTree.leaf(try #require(Hex.decode(leaf))))
      #expect(Hex.encode(tree.root) == Self.roots[index + 1])
      #expect(MerkleTree(size: tree.size, roots: tree.roots) == tree)
    }
  }

  @Test("The signed note that Go's note package documents verifies, and not with a byte changed")
  func note() throws {
    let key = try #require(
      LogVerifierKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
    let text = """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

      """
    let note = try #require(SignedNote.parse(Array(text.utf8)).notes.first)
    #expect(note.isSigned(by: key) && note.rendered == text)
    #expect(key.description.hasPrefix("PeterNeumann+c74f20a3+"))
    let other = text.replacing("cryptography", with: "Cryptography")
    #expect(SignedNote.parse(Array(other.utf8)).notes.first?.isSigned(by: key) == false)
    #expect(
      LogVerifierKey("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") == nil)
  }

  @Test("A checkpoint is read as the C2SP example has it")
  func checkpoint() throws {
    let text = """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=

      """
    let checkpoint = try #require(
      SignedNote.parse(Array(text.utf8)).notes.first.flatMap(Checkpoint.init(note:)))
    #expect(checkpoint.origin == "example.com/behind-the-sofa" && checkpoint.size == 20_852_163)
    let own = LogKey(name: "test.example/sluice")
    let signed = Checkpoint(
      origin: "test.example/sluice", size: 7, root: checkpoint.root, key: own)
    #expect(signed.isSigned(by: own.verifier))
    #expect(!signed.isSigned(by: LogKey(name: "test.example/sluice").verifier))
    #expect(LogKey(own.encoded)?.verifier == own.verifier)
  }

  @Test("Base 64 is read and written as RFC 4648 has it")
  func base64() {
    for (plain, coded) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.encode(Array(plain.utf8)) == coded)
      #expect(Base64.decode(coded) == Array(plain.utf8))
    }
    for wrong in ["Zg", "Zg=", "Zh==", "Z===", "Zm 9v", "=Zg="] {
      #expect(Base64.decode(wrong) == nil)
    }
  }
}
