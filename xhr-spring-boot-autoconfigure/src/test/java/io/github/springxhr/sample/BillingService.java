package io.github.springxhr.sample;

import org.springframework.web.service.annotation.GetExchange;

@OfBilling
interface BillingService {

	@GetExchange("${bills.path}")
	String bills();

}
