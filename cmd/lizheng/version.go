package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints the module's version and the commit it was built from.
func (versionCommand) Run(s streams) error {
	fmt.Fprintln(s.out, "lizheng", version())
	return nil
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	commit := ""
	for _, b := range info.Settings {
		if b.Key == "vcs.revision" && len(b.Value) >= 12 {
			commit = " " + b.Value[:12]
		}
	}
	return info.Main.Version + commit + " " + runtime.Version()
}
