//! Speakers and questions of an interview.
