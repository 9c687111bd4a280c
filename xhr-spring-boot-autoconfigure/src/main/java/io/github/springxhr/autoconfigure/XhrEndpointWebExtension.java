package io.github.springxhr.autoconfigure;

import java.util.Set;

import io.github.springxhr.autoconfigure.XhrEndpoint.ClientDescriptor;
import io.github.springxhr.autoconfigure.XhrEndpoint.XhrDescriptor;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * What {@link XhrEndpoint} does differently over HTTP: it asks who is asking, and tells
 * by a status what it has not found.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = XhrEndpoint.class)
public class XhrEndpointWebExtension {

	private final XhrEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	XhrEndpointWebExtension(XhrEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Show all clients.
	 * @param securityContext who is asking
	 * @return the clients
	 */
	@ReadOperation
	public XhrDescriptor clients(SecurityContext securityContext) {
		return this.delegate.clients(isShown(securityContext));
	}

	/**
	 * Show a client.
	 * @param securityContext who is asking
	 * @param client its name
	 * @return the client, or 404 if there is none of that name
	 */
	@ReadOperation
	public WebEndpointResponse<ClientDescriptor> client(SecurityContext securityContext, @Selector String client) {
		ClientDescriptor descriptor = this.delegate.client(client, isShown(securityContext));
		return (descriptor != null) ? new WebEndpointResponse<>(descriptor)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Abort a request in flight.
	 * @param client the name of its client
	 * @param id its id
	 * @return 204, or 404 if it is not in flight
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> abort(@Selector String client, @Selector long id) {
		return new WebEndpointResponse<>(this.delegate.abort(client, id) ? WebEndpointResponse.STATUS_NO_CONTENT
				: WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

}
