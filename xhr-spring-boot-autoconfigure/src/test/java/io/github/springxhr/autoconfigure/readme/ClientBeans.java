package io.github.springxhr.autoconfigure.readme;

import java.time.Duration;

import io.github.springxhr.autoconfigure.XhrClientConnectionDetails;
import io.github.springxhr.autoconfigure.XhrCustomizer;
import io.github.springxhr.cookie.CookieStore;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.HeaderList;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The beans that the page about the properties shows.
 */
@Configuration(proxyBeanMethods = false)
class ClientBeans {

	@Bean
	XhrCustomizer slowReports() {
		return (client, builder) -> {
			if (client.equals("reports")) {
				builder.timeout(Duration.ofHours(1));
			}
		};
	}

	@Bean
	@Qualifier("orders")
	CookieStore shared() {
		return new InMemoryCookieStore();
	}

	@Bean
	NetworkTransport orderServiceNetworkTransport() {
		return new RecordedTransport();
	}

	@Bean
	XhrClientConnectionDetails ordersInAContainer(OrdersContainer container) {
		return XhrClientConnectionDetails.of("orders", container.url());
	}

	@Bean
	InetAddressFilter externalAddresses() {
		return InetAddressFilter.externalAddresses();
	}

	/**
	 * A server in a container.
	 *
	 * @param url its URL
	 */
	record OrdersContainer(String url) {

	}

	/**
	 * Answers every request with 299.
	 */
	private static final class RecordedTransport implements NetworkTransport, NetworkExchange {

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			handler.responseHead(299, "", new HeaderList());
			handler.bodyEnd();
			return this;
		}

		@Override
		public void request(long chunks) {
		}

		@Override
		public void cancel() {
		}

		@Override
		public void close() {
		}

	}

}
