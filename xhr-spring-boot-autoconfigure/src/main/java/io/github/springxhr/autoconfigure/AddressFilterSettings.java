package io.github.springxhr.autoconfigure;

import java.net.InetAddress;
import java.util.function.Predicate;

import io.github.springxhr.XhrFactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Says which addresses may be connected to.
 *
 * @param filter the filter, or {@code null} for all addresses
 */
record AddressFilterSettings(@Nullable Predicate<InetAddress> filter) implements BuilderSettings {

	@Override
	public void applyTo(XhrFactoryBuilder builder) {
		if (this.filter != null) {
			builder.addressFilter(this.filter);
		}
	}

	@Override
	public boolean filtersAddresses() {
		return this.filter != null;
	}

}
