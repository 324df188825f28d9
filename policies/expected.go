package policies

//go:generate go test -run TestTheRulesAreTheExpectedOnes -update .

// expected is what the rules were when they were last reviewed; go generate writes it.
var expected = expectation{
	Rules:  538,
	Model:  "3e372dde4e2ef3a424daa08cbf435d67d9c2b7707718f2f35836f59c941b7b29",
	Policy: "7daddc6cbf4c41f4e69a904276444eee932c6666507d777e32702d046a29fe6f",
}
