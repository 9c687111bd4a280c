package io.github.springxhr.autoconfigure;

import io.github.springxhr.webclient.CrossOriginFilter;

/**
 * Sends requests for a service to its instances. Names no type of Spring Cloud, which may
 * be absent.
 */
interface LoadBalancing {

	/**
	 * Return a filter that sends requests for a service, and no others, to its instances.
	 * @param service the service
	 * @return the filter
	 */
	CrossOriginFilter filter(ServiceAddress service);

}
