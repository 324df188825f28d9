package policies

//go:generate go test -run TestTheRulesAreTheExpectedOnes -update .

// expected is what the rules were when they were last reviewed; go generate writes it.
var expected = expectation{
	Rules:  521,
	Model:  "3e372dde4e2ef3a424daa08cbf435d67d9c2b7707718f2f35836f59c941b7b29",
	Policy: "c1d0c711d7acbc07de23917234412a254376b21589faba73d5b49946b01970b3",
}
