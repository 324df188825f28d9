package bench

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
)

// Machine says on what was measured, and with which versions and settings.
type Machine struct {
	CPU      string            `json:"cpu"`
	Cores    int               `json:"cores"`
	MemoryMB int               `json:"memory_mb"`
	System   string            `json:"system"`
	Versions map[string]string `json:"versions"`
	Settings map[string]string `json:"settings"`
}

// look describes this machine and its services.
func look(ctx context.Context, super string, temporal client.Client) (Machine, error) {
	m := Machine{CPU: line("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), System: runtime.GOOS + "/" + runtime.GOARCH,
		Versions: map[string]string{"go": runtime.Version()}, Settings: map[string]string{}}
	if _, err := fmt.Sscanf(line("/proc/meminfo", "MemTotal"), "%d", &m.MemoryMB); err == nil {
		m.MemoryMB /= 1024
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == "go.temporal.io/sdk" || d.Path == "github.com/lib/pq" {
				m.Versions[d.Path] = d.Version
			}
		}
	}
	cluster, err := temporal.WorkflowService().GetClusterInfo(ctx, &workflowservice.GetClusterInfoRequest{})
	if err != nil {
		return m, fmt.Errorf("ask Temporal for its version: %w", err)
	}
	m.Versions["temporal server"] = cluster.GetServerVersion() + " on " + cluster.GetPersistenceStore()
	db, err := sql.Open("postgres", super)
	if err != nil {
		return m, err
	}
	defer db.Close()
	list, err := db.QueryContext(ctx, `
		SELECT name, current_setting(name) FROM pg_settings
		WHERE name IN ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size', 'data_checksums')`)
	if err != nil {
		return m, fmt.Errorf("ask PostgreSQL for its settings: %w", err)
	}
	defer list.Close()
	for list.Next() {
		var name, value string
		if err := list.Scan(&name, &value); err != nil {
			return m, err
		}
		if name == "server_version" {
			m.Versions["postgresql"] = value
			continue
		}
		m.Settings[name] = value
	}
	return m, list.Err()
}

// line is the value behind the first line of a file that begins with a name; "" when there is none, as on other systems.
func line(file, name string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for l := range strings.SplitSeq(string(text), "\n") {
		if key, value, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
