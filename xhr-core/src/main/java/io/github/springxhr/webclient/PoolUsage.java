package io.github.springxhr.webclient;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springxhr.fetch.ConnectionUsage;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Adds up what the connection pools of a transport do: there is one for each host.
 *
 * <h2>Concurrency</h2> Pools come and go on any thread.
 */
final class PoolUsage implements ConnectionProvider.MeterRegistrar {

	private final Map<Pool, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics metrics) {
		this.pools.put(new Pool(poolName, id, remoteAddress), metrics);
	}

	@Override
	public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
		this.pools.remove(new Pool(poolName, id, remoteAddress));
	}

	ConnectionUsage sum() {
		ConnectionUsage sum = ConnectionUsage.NONE;
		for (ConnectionPoolMetrics pool : this.pools.values()) {
			sum = sum.plus(new ConnectionUsage(pool.acquiredSize(), pool.idleSize(), pool.pendingAcquireSize()));
		}
		return sum;
	}

	/**
	 * What a pool is known by.
	 */
	private record Pool(String name, String id, SocketAddress remoteAddress) {

	}

}
