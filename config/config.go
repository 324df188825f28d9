// Package config holds every setting of the service in one validated struct. A setting is a flag and an environment
// variable of the same meaning; secrets may also come from a file named by the variable with _FILE behind it.
package config

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
)

// Database says where the record is.
type Database struct {
	URL         string `name:"database-url" env:"DATABASE_URL" help:"PostgreSQL of the record, as the role that may not define (key=value or URL). Write sslmode explicitly." placeholder:"URL"`
	Connections int    `name:"database-connections" env:"LIZHENG_DATABASE_CONNECTIONS" help:"Connections to the database at most." default:"24"`
}

// Engine says where Temporal is.
type Engine struct {
	Address   string `name:"temporal-address" env:"TEMPORAL_ADDRESS" help:"Temporal front end, host:port." placeholder:"HOST:PORT"`
	Namespace string `name:"temporal-namespace" env:"TEMPORAL_NAMESPACE" help:"Temporal namespace." default:"lizheng"`
	TLSCert   string `name:"temporal-tls-cert" env:"TEMPORAL_TLS_CLIENT_CERT_PATH" help:"Client certificate for Temporal (PEM file)." placeholder:"FILE"`
	TLSKey    string `name:"temporal-tls-key" env:"TEMPORAL_TLS_CLIENT_KEY_PATH" help:"Client key for Temporal (PEM file)." placeholder:"FILE"`
	TLSCA     string `name:"temporal-tls-ca" env:"TEMPORAL_TLS_SERVER_CA_CERT_PATH" help:"Certificate authority of Temporal (PEM file)." placeholder:"FILE"`
}

// Secrets are what nobody may read in a log, a dump or a help text.
type Secrets struct {
	SigningKey     string `name:"signing-key" env:"LIZHENG_SIGNING_KEY" help:"32 bytes in hex that seal acts and audit checkpoints; the same for every process." placeholder:"HEX"`
	SigningKeyFile string `name:"signing-key-file" env:"LIZHENG_SIGNING_KEY_FILE" help:"File that holds the signing key." placeholder:"FILE"`
}

// Door says how the service is reached.
type Door struct {
	Listen         string   `name:"listen" env:"LIZHENG_LISTEN" help:"Address of the API and the web." default:"127.0.0.1:8080"`
	Metrics        string   `name:"metrics-listen" env:"LIZHENG_METRICS_LISTEN" help:"Address of /metrics, empty for none." default:"127.0.0.1:9464"`
	PublicURL      string   `name:"public-url" env:"LIZHENG_PUBLIC_URL" help:"Address under which browsers reach the service; https makes cookies secure." placeholder:"URL"`
	TrustedProxies []string `name:"trusted-proxies" env:"LIZHENG_TRUSTED_PROXIES" help:"Networks of proxies whose X-Forwarded-For is believed; none by default." placeholder:"CIDR"`
	Files          string   `name:"files" env:"LIZHENG_FILES" help:"Folder of the attachments." placeholder:"DIR"`
}

// Watching says where logs and traces go.
type Watching struct {
	LogLevel string `name:"log-level" env:"LIZHENG_LOG_LEVEL" help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error"`
	Traces   string `name:"traces" env:"OTEL_EXPORTER_OTLP_ENDPOINT" help:"OTLP/HTTP collector for traces; none by default." placeholder:"URL"`
}

// Settings are all of them.
type Settings struct {
	Database `embed:""`
	Engine   `embed:""`
	Secrets  `embed:""`
	Door     `embed:""`
	Watching `embed:""`
}

// Key is the signing key, from the setting or its file.
func (s Secrets) Key() ([]byte, error) {
	text := s.SigningKey
	if text == "" && s.SigningKeyFile != "" {
		b, err := os.ReadFile(s.SigningKeyFile)
		if err != nil {
			return nil, fmt.Errorf("read the signing key: %w", err)
		}
		text = string(b)
	}
	key, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) < 32 {
		return nil, errors.New("LIZHENG_SIGNING_KEY must be at least 32 bytes in hex: openssl rand -hex 32")
	}
	return key, nil
}

// Check reports everything that is missing or wrong, at once.
func (s Settings) Check() error {
	var all []error
	if s.Database.URL == "" {
		all = append(all, errors.New("DATABASE_URL is not set"))
	} else if err := protected(s.Database.URL); err != nil {
		all = append(all, err)
	}
	if s.Database.Connections < 2 || s.Database.Connections > 1000 {
		all = append(all, errors.New("LIZHENG_DATABASE_CONNECTIONS must be between 2 and 1000"))
	}
	if s.Engine.Address == "" {
		all = append(all, errors.New("TEMPORAL_ADDRESS is not set"))
	}
	if _, err := s.Secrets.Key(); err != nil {
		all = append(all, err)
	}
	if s.PublicURL != "" {
		if u, err := url.Parse(s.PublicURL); err != nil || u.Host == "" {
			all = append(all, errors.New("LIZHENG_PUBLIC_URL is not an address like https://lizheng.example"))
		}
	}
	for _, p := range s.TrustedProxies {
		if _, _, err := net.ParseCIDR(p); err != nil {
			all = append(all, fmt.Errorf("LIZHENG_TRUSTED_PROXIES: %q is not a network like 10.0.0.0/8", p))
		}
	}
	return errors.Join(all...)
}

// protected refuses a database address over the network that leaves its protection to the driver's default, which may
// become plain text with the next release.
func protected(address string) error {
	if strings.Contains(address, "sslmode=") || strings.Contains(address, "host=/") || strings.Contains(address, "host='/") ||
		strings.Contains(address, "host=%2F") || strings.Contains(address, "host=%2f") {
		return nil
	}
	return errors.New("DATABASE_URL must say sslmode: verify-full with sslrootcert, or disable on this machine only")
}
