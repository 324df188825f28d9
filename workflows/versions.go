package workflows

// Flags of changes to running procedures, each with the reason and the version that brought it. A flag stays until no case
// that began before it is open; the recorded histories in testdata keep the proof that old cases replay.
//
// There is none yet: every case began under the first version.
