package io.github.springxhr.webclient;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.springxhr.fetch.ConnectionUsage;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Adds up what the connection pools of a transport do: there is one for each host.
 *
 * <h2>Concurrency</h2> Pools come and go on any thread.
 */
final class PoolUsage implements ConnectionProvider.MeterRegistrar {

	/** The pools that are called the same, oldest first: one may be on its way out. */
	private final Map<Pool, List<ConnectionPoolMetrics>> pools = new ConcurrentHashMap<>();

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics metrics) {
		this.pools.merge(new Pool(poolName, id, remoteAddress), List.of(metrics),
				(before, added) -> Stream.concat(before.stream(), added.stream()).toList());
	}

	@Override
	public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
		this.pools.computeIfPresent(new Pool(poolName, id, remoteAddress),
				(pool, all) -> (all.size() > 1) ? all.subList(1, all.size()) : null);
	}

	ConnectionUsage sum() {
		ConnectionUsage sum = ConnectionUsage.NONE;
		for (List<ConnectionPoolMetrics> called : this.pools.values()) {
			for (ConnectionPoolMetrics pool : called) {
				sum = sum.plus(new ConnectionUsage(pool.acquiredSize(), pool.idleSize(), pool.pendingAcquireSize()));
			}
		}
		return sum;
	}

	/**
	 * What a pool is known by.
	 */
	private record Pool(String name, String id, SocketAddress remoteAddress) {

	}

}
