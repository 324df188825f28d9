package policies

//go:generate go test -run TestTheRulesAreTheExpectedOnes -update .

// expected is what the rules were when they were last reviewed; go generate writes it.
var expected = expectation{
	Rules:  356,
	Model:  "3e372dde4e2ef3a424daa08cbf435d67d9c2b7707718f2f35836f59c941b7b29",
	Policy: "6607cf39a88f3c528f7eff3bc300251615bc31713e4d988ce8211bab3df88e79",
}
