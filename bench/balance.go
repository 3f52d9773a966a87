package main

import (
	"context"
	"net"
	"sync/atomic"
)

// dialer opens a connection.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// among is a load balancer that costs nothing: each connection goes to the next replica, whatever the address says.
func among(targets []string) dialer {
	var next atomic.Int64
	var d net.Dialer
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return d.DialContext(ctx, network, targets[int(next.Add(1))%len(targets)])
	}
}

// freePorts are addresses at which so many replicas can listen.
func freePorts(ctx context.Context, n int) ([]string, error) {
	var addresses []string
	var lc net.ListenConfig
	for range n {
		free, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer free.Close() // together, or one would be given twice
		addresses = append(addresses, free.Addr().String())
	}
	return addresses, nil
}
